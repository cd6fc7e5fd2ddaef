import { formats } from "@statuswire/adapters";
import { describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { configJsonSchema, parseConfig } from "../src/index.ts";

const schema = z.fromJSONSchema(configJsonSchema());

describe("the JSON Schema of statuswire.yaml", () => {
  test.each([
    ["providers: [openai, { id: acme, page: https://status.acme.dev, every: 60s }]"],
    [
      "providers: [{ id: openai, every: 60, components: [API*], groups: { include: [a], exclude: [b] }, tags: [x] }]",
    ],
    ["outbound: { allowPrivate: true }"],
    ["outbound: { allowPrivate: [10.0.0.0/8, localhost] }"],
    ["{ insecure: true, providers: [{ id: github, verify: { scheme: github, secret: 0123456789abcdef } }] }"],
    ["providers: [{ id: github, verify: none }]"],
    ["sinks: { a: { kind: ntfy, topic: t } }"],
    [
      "{ sinks: { a: { kind: ntfy, topic: t } }, routes: [{ match: { type: incident, severity: major }, to: a }] }",
    ],
    ['{ routes: [{ to: [], quiet: { from: "22:00", until: "07:00", days: [mon-fri], zone: Europe/Berlin } }] }'],
    ["noise: { flapping: false, together: { providers: 9 }, explained: false }"],
    ["publicUrl: https://status.acme.test:8443/"],
    ["{}"],
  ])("accepts what is accepted: %s", (text) => {
    expect(() => parseConfig(text, {})).not.toThrow();
    expect(schema.safeParse(parse(text)).success).toBe(true);
  });

  test.each([
    ["provider: []"],
    ["providers: openai"],
    ["providers: [{ page: https://a.dev, format: nonsense }]"],
    ["providers: [{ page: https://a.dev, evry: 60 }]"],
    ["providers: [{ page: https://a.dev, every: 1d }]"],
    ["outbound: { allowPrivate: perhaps }"],
    ["insecure: perhaps"],
    ["publicUrl: status.acme.test"],
    ["publicUrl: https://acme.test/status"],
    ["sinks: { a: { kind: fax } }"],
    ["routes: [{ match: {} }]"],
    ["routes: [{ to: [], match: { severity: bad } }]"],
    ["noise: { flapping: true }"],
    ["providers: [{ id: github, verify: { scheme: githb, secret: s } }]"],
  ])("refuses what is refused: %s", (text) => {
    expect(() => parseConfig(text, {})).toThrow();
    expect(schema.safeParse(parse(text)).success).toBe(false);
  });

  test("knows every format that there is", () => {
    expect(JSON.stringify(configJsonSchema())).toContain(JSON.stringify(Object.keys(formats)));
  });
});
