import { describe, expect, test } from "@jest/globals";
import { type Config, ConfigError, defaultConfig, parseConfig, type Problem } from "../src/index.ts";

const sinks = "sinks: { team: { kind: ntfy, topic: t }, pager: { kind: pagerduty, routingKey: k } }";

describe("the rules of where events go", () => {
  test("are none, unless a file has some", () => {
    expect([defaultConfig.routing.rules, rulesOf("")]).toEqual([undefined, undefined]);
  });

  test("are as written, in their order, with a name each", () => {
    expect(
      rulesOf(
        "routes: [{ to: team }, { name: night, to: [team, pager], match: { provider: openai }, continue: true }]",
      ),
    ).toEqual([
      { name: "rule 1", match: {}, to: ["team"], continue: false, mute: [], quiet: [] },
      {
        ...{ name: "night", match: { provider: ["openai"] }, to: ["team", "pager"] },
        ...{ continue: true, mute: [], quiet: [] },
      },
    ]);
  });

  test("know times", () => {
    const rule = "{ to: team, delay: 5m, throttle: 3, escalateAfter: { after: 30m, to: pager } }";
    expect(rulesOf(`routes: [${rule}]`)).toMatchObject([
      { delayMs: 300_000, perHour: 3, escalate: { afterMs: 1_800_000, to: ["pager"] } },
    ]);
  });

  test.each([
    ['{ from: "22:00", until: "07:00" }', [{ days: [0, 1, 2, 3, 4, 5, 6], from: 1320, until: 420, zone: "UTC" }]],
    ["{ days: sat, zone: Europe/Berlin }", [{ days: [6], from: 0, until: 1440, zone: "Europe/Berlin" }]],
    ["[{ days: [fri-mon, wed] }]", [{ days: [5, 6, 0, 1, 3], from: 0, until: 1440, zone: "UTC" }]],
  ])("know hours: %s", (written, quiet) => {
    expect(rulesOf(`routes: [{ to: team, quiet: ${written} }]`)).toMatchObject([{ quiet }]);
  });
});

describe("noise", () => {
  test("is kept from people unless they want it", () => {
    expect(parse("").routing.noise).toMatchObject({ explained: true, together: { providers: 5 } });
    expect(parse("noise: { flapping: false, together: false, explained: false }").routing.noise).toEqual({
      explained: false,
      flapping: undefined,
      together: undefined,
    });
  });

  test("is what the file says it is", () => {
    expect(parse("noise: { flapping: { changes: 3, within: 1h } }").routing.noise.flapping).toEqual({
      changes: 3,
      withinMs: 3_600_000,
    });
  });
});

describe("a mistake in a rule", () => {
  test.each([
    ["routes: [{ match: { severity: minor } }]", "1:10 routes[0].to", "Write a sink's name"],
    ["routes: [{ to: taem }]", "1:16 routes[0].to", 'Did you mean "team"?'],
    ["routes: [{ to: [team, pagr] }]", "1:23 routes[0].to[1]", 'Did you mean "pager"?'],
    ["routes: [{ to: team, mach: {} }]", "1:22 routes[0].mach", 'Did you mean "match"?'],
    ["routes: [{ to: team, match: { typ: x } }]", "1:31 routes[0].match.typ", 'Did you mean "type"?'],
    ["routes: [{ to: team, match: { type: incident.opend } }]", "1:37 routes[0].match.type", "incident.opened"],
    ["routes: [{ to: team, match: { severity: mayor } }]", "1:41 routes[0].match.severity", '"major"'],
    ["routes: [{ to: team, match: { provider: opena } }]", "1:41 routes[0].match.provider", '"openai"'],
    ["routes: [{ to: team, match: { tag: red } }]", "1:36 routes[0].match.tag", 'There is no tag "red".'],
    ["routes: [{ to: team, delay: soon }]", "1:29 routes[0].delay", "A time span is"],
    ["routes: [{ to: team, throttle: 0 }]", "1:32 routes[0].throttle", ""],
    ['routes: [{ to: team, quiet: { from: "25:00" } }]', "1:37 routes[0].quiet.from", "A time of day"],
    ["routes: [{ to: team, quiet: { zone: Mars } }]", "1:37 routes[0].quiet.zone", "no time zone"],
    ["routes: [{ to: team, mute: { days: monday } }]", "1:36 routes[0].mute.days", "Write days as"],
    ["routes: [{ to: team, escalateAfter: { after: 1h, to: pagr } }]", "1:54 routes[0].escalateAfter.to", "pager"],
    ["routes: [{ name: a, to: team }, { name: a, to: team }]", "1:41 routes[1].name", "already a rule"],
    ["noise: { flapping: 3 }", "1:20 noise.flapping", "Write false, or"],
  ])("is told where it is: %s", (text, place, message) => {
    const [problem, ...others] = problemsOf(`${text}\n${sinks}`);
    expect([`${problem?.line}:${problem?.column} ${problem?.path}`, others]).toEqual([place, []]);
    expect(problem?.message).toContain(message);
  });

  test("is no name of nobody where a glob is for whoever comes", () => {
    expect(problemsOf(`routes: [{ to: team, match: { provider: "nobody*" } }]\n${sinks}`)).toEqual([]);
  });
});

function rulesOf(text: string): Config["routing"]["rules"] {
  return parse(text).routing.rules;
}

function parse(text: string): Config {
  return parseConfig(`${text}\n${sinks}`, {});
}

function problemsOf(text: string): readonly Problem[] {
  try {
    parseConfig(text, {});
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}
