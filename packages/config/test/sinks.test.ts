import type { Event } from "@statuswire/status";
import { describe, expect, test } from "@jest/globals";
import { type Config, ConfigError, defaultConfig, parseConfig, type Problem } from "../src/index.ts";

describe("the places that events go to", () => {
  test("are none but the console, unless a file says more", () => {
    expect([defaultConfig.sinks, parse("providers: []").sinks]).toEqual([[], []]);
  });

  test("have a name, a kind and that kind's options", () => {
    const { sinks } = parse("sinks: { a: { kind: file, path: /tmp/a }, b: { kind: ntfy, topic: b } }");
    expect(sinks.map(({ name, kind }) => [name, kind])).toEqual([
      ["a", "file"],
      ["b", "ntfy"],
    ]);
  });

  test("take secrets from the environment, and use them", async () => {
    const [sink] = parse('sinks: { alarm: { kind: pagerduty, routingKey: "${KEY}" } }', { KEY: "hunter2" }).sinks;
    expect(await postedBy(sink)).toContain("hunter2");
  });

  test("get every event in order if they are programs, and the latest if they are people or pagers", () => {
    const { sinks } = parse(
      "sinks: { a: { kind: webhook, url: https://a.dev }, b: { kind: file, path: /tmp/b }, c: { kind: redis-stream, url: redis://c }, d: { kind: exec, command: [d], allow: true }, e: { kind: ntfy, topic: e }, f: { kind: pagerduty, routingKey: f }, g: { kind: email, host: g.dev, from: a@g.dev, to: [b@g.dev] } }",
    );
    expect(sinks.map(({ order }) => order)).toEqual(["all", "all", "all", "all", "latest", "latest", "latest"]);
  });

  test.each(["all", "latest", "strict", "none"])("may be told in another order: %s", (order) => {
    expect(parse(`sinks: { a: { kind: ntfy, topic: t, order: ${order} } }`).sinks).toMatchObject([{ order }]);
  });

  test("show no secret", () => {
    const { sinks } = parse("sinks: { alarm: { kind: pagerduty, routingKey: hunter2 } }");
    expect(JSON.stringify(sinks)).toBe(
      '[{"name":"alarm","kind":"pagerduty","audience":"pager","patience":"hours","order":"latest"}]',
    );
  });

  test("may include what the console prints", () => {
    expect(parse("sinks: { console: { kind: console, format: json } }").sinks).toMatchObject([
      { name: "console" },
    ]);
  });
});

describe("a mistake in a sink", () => {
  test.each([
    ["sinks: [slack]", "1:8 sinks", "This should be a mapping."],
    ["sinks: { a: slack }", "1:13 sinks.a", "This should be a mapping."],
    ["sinks: { a: { kind: slak } }", "1:21 sinks.a.kind", 'Did you mean "slack"?'],
    ["sinks: { a: { url: https://a.dev } }", "1:13 sinks.a.kind", '"kind" is missing.'],
    ["sinks: { a: { kind: webhook } }", "1:13 sinks.a.url", '"url" is missing.'],
    ["sinks: { a: { kind: webhook, url: nowhere } }", "1:35 sinks.a.url", "begins with https://"],
    ["sinks: { a: { kind: ntfy, topik: a, topic: b } }", "1:27 sinks.a.topik", 'Did you mean "topic"?'],
    ["sinks: { a: { kind: slack, token: t } }", "1:13 sinks.a.channel", '"channel" is missing.'],
    ["sinks: { a: { kind: slack, url: https://a.dev } }", "1:33 sinks.a.url", "hooks.slack.com"],
    ["sinks: { a: { kind: ntfy, topic: '${T}' } }", "1:34 sinks.a.topic", "T is not set."],
    ["sinks: { 'a b': { kind: ntfy, topic: t } }", "1:10 sinks.a b", "A sink's name is"],
    ["sinks: { console: { kind: ntfy, topic: t } }", "1:19 sinks.console", "of the kind console"],
  ])("is told where it is: %s", (text, place, message) => {
    expect(problemsOf(text).map(({ line, column, path }) => `${line}:${column} ${path}`)).toEqual([place]);
    expect(problemsOf(text)[0]?.message).toContain(message);
  });

  test.each([
    ["sinks: { a: { kind: webhook, url: hunter2 } }", {}],
    ["sinks: { a: { kind: webhook, url: '${URL}' } }", { URL: "hunter2" }],
    ["sinks: { a: { kind: webhook, url: https://a.dev, secrets: [hunter2] } }", {}],
    ["sinks: { a: { kind: slack, url: https://hooks.slack.co/hunter2 } }", {}],
    ["sinks: { a: { kind: pagerduty, routingKey: [hunter2] } }", {}],
  ])("does not repeat what may be secret: %s", (text, env) => {
    expect(problemsOf(text, env)).toHaveLength(1);
    expect(JSON.stringify(problemsOf(text, env))).not.toContain("hunter2");
  });

  test("hides none in another part of the file", () => {
    expect(problemsOf("providers: [discrod]\nsinks: { a: { kind: webhook } }\ncolour: red")).toHaveLength(3);
  });
});

function parse(text: string, env: Record<string, string> = {}): Config {
  return parseConfig(text, env);
}

function problemsOf(text: string, env: Record<string, string> = {}): readonly Problem[] {
  try {
    parseConfig(text, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

async function postedBy(sink: Config["sinks"][number] | undefined): Promise<string> {
  const posted: string[] = [];
  const created = sink?.create({
    name: "alarm",
    post: async (_url, { body }) => {
      posted.push(body);
      return { status: 202, text: "{}" };
    },
    now: () => new Date(),
    write: () => undefined,
    memory: { get: async () => undefined, set: async () => undefined },
  });
  await created?.deliver(event);
  return posted.join();
}

const event: Event = {
  id: "evt_1",
  seq: "1-1",
  type: "source.stale",
  provider: "acme",
  product: "Acme",
  status: "Not reporting.",
  timestamp: "2026-03-01T12:00:00.000Z",
  observedAt: "2026-03-01T12:00:00.000Z",
  via: "poll",
  initial: false,
  inferred: false,
};
