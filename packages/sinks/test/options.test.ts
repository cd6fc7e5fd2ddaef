import { inspect } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { createSink, type Kind, type KindName, kinds } from "../src/index.ts";
import { opened } from "./events.ts";
import { dependencies } from "./world.ts";

const url = "https://hooks.acme.dev/s3cr3t";
const asWritten: Readonly<Record<KindName, object>> = {
  console: {},
  discord: { url: "https://discord.com/api/webhooks/42/s3cr3t", mention: ["<@&7>"] },
  email: { host: "mail.acme.dev", from: "a@acme.dev", to: ["b@acme.dev"], user: "a", password: "s3cr3t" },
  exec: { command: ["true"], allow: true },
  file: { path: "events.jsonl" },
  "google-chat": { url: "https://chat.googleapis.com/v1/spaces/A/messages?key=s3cr3t" },
  gotify: { server: "https://gotify.acme.dev", token: "s3cr3t" },
  mattermost: { url, mention: ["@here"] },
  ntfy: { topic: "ops", token: "s3cr3t" },
  opsgenie: { apiKey: "s3cr3t" },
  pagerduty: { routingKey: "s3cr3t" },
  "redis-stream": { url: "redis://:s3cr3t@redis.acme.dev" },
  rocketchat: { url },
  slack: { token: "xoxb-s3cr3t", channel: "#ops" },
  teams: { url: "https://prod-1.westeurope.logic.azure.com/workflows/s3cr3t" },
  telegram: { token: "42:s3cr3t", chat: "@ops" },
  webhook: {
    url,
    secrets: [`whsec_${Buffer.alloc(32).toString("base64")}`],
    headers: { authorization: "s3cr3t" },
  },
};

const all = Object.entries<Kind>(kinds);

describe.each(all)("the options of %s", (name, { kind, options }) => {
  test("go by the name that the kind gives itself", () => {
    expect(kind).toBe(name);
  });

  test("are taken as they are written, and hide their secrets", () => {
    const parsed: unknown = options.parse(asWritten[name as KindName]); // a name of the registry
    expect(inspect(parsed, { depth: 9 }) + JSON.stringify(parsed)).not.toContain("s3cr3t");
  });

  test("are described for editors", () => {
    expect(z.toJSONSchema(options, { io: "input" })).toBeDefined();
  });

  test("refuse what they don't know", () => {
    expect(options.safeParse({ ...asWritten[name as KindName], colour: "red" }).success).toBe(false);
  });
});

describe("the URL of a vendor's webhook", () => {
  test.each([
    ["slack", "https://hooks.slack.com.evil.example/services/T/B/x"],
    ["slack", "http://hooks.slack.com/services/T/B/x"],
    ["discord", "https://evil.example/discord.com"],
    ["teams", "https://logic.azure.com.evil.example/"],
    ["google-chat", "https://chat.googleapis.com@evil.example/"],
    ["slack", "not a url"],
  ] as const)("of %s is not %s", (name, url) => {
    expect(kinds[name].options.safeParse({ url }).success).toBe(false);
  });
});

describe("a sink", () => {
  test("is made from options as they are written", async () => {
    const written: string[] = [];
    const sink = createSink("console", {}, dependencies({ write: (text) => void written.push(text) }));
    await sink.deliver(opened);
    expect(written.join("")).toMatch(/^\[.*\] Product: Discord \(2 components affected\)\nStatus: /);
  });
});
