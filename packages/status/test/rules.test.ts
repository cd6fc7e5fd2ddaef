import { describe, expect, test } from "@jest/globals";
import { type Event, type Match, usualRule } from "../src/index.ts";
import { changed, incidentNews, news } from "./news.ts";
import { after, at, component, page } from "./page.ts";
import { decisions, routing, sentTo } from "./routing.ts";
import { decide } from "../src/index.ts";

const origin = { name: "Acme Cloud", tags: ["critical", "eu"] };

describe("a rule is about an event", () => {
  test.each<[string, Match]>([
    ["when it asks for nothing", {}],
    ["by its provider's id", { provider: ["acme"] }],
    ["by its provider's name", { provider: ["acme cl*"] }],
    ["by one of several globs", { provider: ["github", "ac*"] }],
    ["by a component's name", { component: ["API"] }],
    ["by a component's id", { component: ["api"] }],
    ["by a component's group", { group: ["platform*"] }],
    ["by a region", { region: ["eu-west-1"] }],
    ["by its type", { type: ["incident.opened"] }],
    ["by its type's first word", { type: ["component", "incident"] }],
    ["by its severity", { severity: "major" }],
    ["by a lesser severity", { severity: "minor" }],
    ["by a tag of its provider", { tag: ["us", "eu"] }],
  ])("%s", (_how, match) => {
    expect(told(match)).toEqual(["team"]);
  });

  test.each<[string, Match, string]>([
    ["another provider's", { provider: ["github"] }, "its provider is acme, not github"],
    ["of another component", { component: ["Web"] }, "it concerns no component Web"],
    ["of another group", { group: ["Edge"] }, "it concerns no component of the group Edge"],
    ["of another region", { region: ["eu-west"] }, "it concerns nothing in the region eu-west"],
    ["of another type", { type: ["maintenance"] }, "its type is incident.opened, not maintenance"],
    ["less bad", { severity: "critical" }, "its severity is major, not critical or worse"],
    ["of a provider without that tag", { tag: ["us"] }, "its provider is not tagged us"],
    ["that one of two matchers refuses", { provider: ["acme"], tag: ["us"] }, "its provider is not tagged us"],
    ["no first look", { initial: true }, "it was not found at a first look"],
  ])("but not %s, and it says why", (_what, match, because) => {
    const rulings = decide(incidentNews("incident.opened"), circumstances(match));
    expect(rulings.rules.at(-1)).toEqual({ rule: "rule 1", matches: false, because });
    expect(told(match)).toEqual([]);
  });

  test("that names no component, whichever it asks for", () => {
    expect(told({ component: ["Web"] }, news("source.stale"))).toEqual(["team"]);
  });

  test("of a first look only where it asks for that", () => {
    const found = { ...incidentNews("incident.opened"), initial: true };
    expect([told({}, found), told({ initial: true }, found)]).toEqual([[], ["team"]]);
  });
});

describe("rules are read from the top", () => {
  test("as far as the first that is about the event", () => {
    expect(
      sentTo(incidentNews("incident.opened"), { routing: routing([{ to: ["team"] }, { to: ["log"] }]) }),
    ).toEqual(["console", "team"]);
  });

  test("and on, where a rule says so, but each sink is told once", () => {
    const rules = [{ to: ["team"], continue: true }, { to: ["log", "team"] }, { to: ["pager"] }];
    expect(sentTo(incidentNews("incident.opened"), { routing: routing(rules) })).toEqual([
      "console",
      "team",
      "log",
    ]);
  });

  test("and what none is about goes to the console only, which needs no rule", () => {
    const all = decisions(incidentNews("incident.opened"), { routing: routing([]) });
    expect(all).toMatchObject([{ sink: "console", rule: usualRule }]);
  });

  test("also for the console, once a rule names it", () => {
    const rules = [{ match: { provider: ["github"] }, to: ["console"] }];
    expect(decisions(incidentNews("incident.opened"), { routing: routing(rules) })).toEqual([]);
  });
});

describe("the end of an incident that was worse before", () => {
  const rules = [{ match: { severity: "critical" as const }, to: ["pager"] }];

  test("goes to whoever was told of it", () => {
    const [, decision] = decisions(incidentNews("incident.resolved", 40, "minor"), { routing: routing(rules) });
    expect(decision).toMatchObject({ sink: "pager", verdict: "tell_if_open" });
  });
});

describe("a rule", () => {
  const night = [{ days: [0, 1, 2, 3, 4, 5, 6], from: 10 * 60, until: 11 * 60, zone: "UTC" }];

  test("that is muted tells nothing", () => {
    expect(verdicts({ mute: night })).toEqual([["drop", undefined]]);
    expect(verdicts({ mute: night }, incidentNews("incident.opened", 61))).toEqual([["tell", undefined]]);
  });

  test("that is quiet keeps it until that is over", () => {
    expect(verdicts({ quiet: night })).toEqual([["digest", at(60)]]);
  });

  test("with a delay asks again when it is over", () => {
    expect(verdicts({ delayMs: 5 * 60_000 })).toEqual([["recheck", at(35)]]);
  });

  test("with a delay that ends in quiet hours asks when those are over", () => {
    expect(verdicts({ delayMs: 5 * 60_000, quiet: night }, incidentNews("incident.opened", -3))).toEqual([
      ["recheck", at(60)],
    ]);
  });

  test("with a delay tells the end to whoever was told the beginning", () => {
    expect(verdicts({ delayMs: 5 * 60_000 }, incidentNews("incident.resolved"))).toEqual([
      ["tell_if_open", undefined],
    ]);
  });

  test("with a limit keeps what is too much until the hour is over", () => {
    const rule = { to: ["team"], perHour: 1 };
    const event = incidentNews("incident.opened", 30);
    const before = { seq: incidentNews("incident.opened", 10).seq, provider: "acme" };
    const counter = `hour:${Math.floor(Date.parse(at(0)) / 3_600_000)}:team:rule 1`;
    const counts = new Map([[counter, [before, event]]]);
    expect(decisions(event, { routing: routing([rule]), counts }).at(-1)).toMatchObject({
      verdict: "digest",
      due: at(60),
    });
  });

  test("that escalates tells the others of what still holds after a while", () => {
    const rule = { to: ["team"], escalate: { afterMs: 10 * 60_000, to: ["pager"] } };
    expect(decisions(incidentNews("incident.opened"), { routing: routing([rule]) })).toMatchObject([
      { sink: "console", verdict: "tell" },
      { sink: "team", verdict: "tell" },
      { sink: "pager", verdict: "recheck", due: at(40) },
    ]);
  });

  function verdicts(rule: object, event = incidentNews("incident.opened")) {
    const all = decisions(event, { routing: routing([{ ...rule, to: ["team"] }]) });
    return all.filter(({ sink }) => sink === "team").map(({ verdict, due }) => [verdict, due]);
  }
});

describe("a group", () => {
  test("is looked up for the components that an incident names", () => {
    const known = after(page({ components: [component("api", "operational", { name: "API", group: "Edge" })] }));
    expect(sentTo(incidentNews("incident.opened"), { ...circumstances({ group: ["edge"] }), known })).toContain(
      "team",
    );
  });
});

function told(
  match: Match,
  event: Event = isOfComponent(match) ? changed("partial_outage") : incidentNews("incident.opened"),
) {
  return sentTo(event, circumstances(match)).filter((sink) => sink !== "console");
}

// Only a component's own change says its group.
function isOfComponent({ group, region }: Match): boolean {
  return group !== undefined || region !== undefined;
}

function circumstances(match: Match) {
  const known = after(page({ components: [component("api", "operational", { name: "API", group: "Platform" })] }));
  return { routing: routing([{ match, to: ["team"] }]), origin, known, counts: new Map() };
}
