import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type Counted,
  decide,
  type Event,
  EventType,
  Impact,
  type Match,
  recordedAt,
  type Rule,
  Severity,
  countersFor,
} from "../src/index.ts";
import { changed, incidentNews, news } from "./news.ts";
import { at } from "./page.ts";
import { routing } from "./routing.ts";

describe("whatever the rules and the event", () => {
  test("deciding again decides the same, whatever has been counted since", () => {
    fc.assert(
      fc.property(events(), rules(), earlier(), fc.nat({ max: 9 }), (event, given, before, more) => {
        const circumstances = { routing: routing(given) };
        const later = Array.from({ length: more }, (_one, index) => ({
          seq: `${recordedAt(event.seq) + 1}-${index}`,
          provider: `p${index}`,
        }));
        const decideWith = (counted: readonly Counted[]) => {
          const counters = countersFor(event, circumstances).map(({ name }) => [name, counted] as const);
          return decide(event, { ...circumstances, counts: new Map(counters) });
        };
        expect(decideWith([...later, ...before.toReversed()])).toEqual(decideWith(before));
      }),
    );
  });

  test("each sink has one decision, by a rule that names it", () => {
    fc.assert(
      fc.property(events(), rules(), (event, given) => {
        const { decisions } = decide(event, { routing: routing(given), counts: new Map() });
        const named = new Map(
          given.map(({ name, to = [], escalate }) => [name, [...to, ...(escalate?.to ?? [])]]),
        );
        expect(new Set(decisions.map(({ sink }) => sink)).size).toBe(decisions.length);
        for (const { sink, rule } of decisions) expect(named.get(rule) ?? ["console"]).toContain(sink);
      }),
    );
  });

  test("what is told later is told later, and what is not told has a reason", () => {
    fc.assert(
      fc.property(events(), rules(), (event, given) => {
        for (const { due, reason } of decide(event, { routing: routing(given), counts: new Map() }).decisions) {
          expect(due === undefined || Date.parse(due) > recordedAt(event.seq)).toBe(true);
          expect(reason).not.toBe("");
        }
      }),
    );
  });

  test("rules below the one that has the event change nothing", () => {
    fc.assert(
      fc.property(events(), rules(), rules(), (event, above, below) => {
        const catchAll = { name: "all", to: ["log"] };
        const whole = decide(event, { routing: routing([...above, catchAll]), counts: new Map() });
        expect(decide(event, { routing: routing([...above, catchAll, ...below]), counts: new Map() })).toEqual(
          whole,
        );
      }),
    );
  });
});

function events(): fc.Arbitrary<Event> {
  return fc.oneof(
    fc.constantFrom(...EventType.options).map((type) => news(type)),
    fc.constantFrom(...Impact.options).map((impact) => incidentNews("incident.opened", 30, impact)),
    fc.constantFrom(...Impact.options).map((impact) => incidentNews("incident.resolved", 30, impact)),
    fc.constantFrom("operational" as const, "major_outage" as const).map((status) => changed(status)),
  );
}

// Only `to` decides who may be told, so the console is never named: it has everything.
function rules(): fc.Arbitrary<(Partial<Rule> & { name: string })[]> {
  const sinks = fc.uniqueArray(fc.constantFrom("team", "log", "pager"), { maxLength: 3 });
  const window = { days: [0, 1, 2, 3, 4, 5, 6], from: 600, until: 660, zone: "UTC" };
  const windows = fc.constantFrom([], [window]);
  const rule = fc.record(
    {
      match: matches(),
      to: sinks,
      continue: fc.boolean(),
      mute: windows,
      quiet: windows,
      delayMs: fc.integer({ min: 1, max: 3_600_000 }),
      perHour: fc.integer({ min: 1, max: 3 }),
      escalate: fc.record({ afterMs: fc.integer({ min: 1, max: 3_600_000 }), to: sinks }),
    },
    { requiredKeys: ["to"] },
  );
  return fc
    .array(rule, { maxLength: 4 })
    .map((all) => all.map((one, index) => ({ ...one, name: `rule ${index}` })));
}

function matches(): fc.Arbitrary<Match> {
  return fc.record(
    {
      provider: fc.constantFrom(["acme"], ["github"], ["*"]),
      component: fc.constantFrom(["API"], ["Web"]),
      type: fc.constantFrom(["incident"], ["component.changed"], ["source"]),
      severity: fc.constantFrom(...Severity.options),
    },
    { requiredKeys: [] },
  );
}

function earlier(): fc.Arbitrary<Counted[]> {
  const counted = fc.tuple(fc.nat({ max: 30 }), fc.constantFrom("acme", "a", "b", "c"));
  return fc
    .array(counted, { maxLength: 12 })
    .map((all) =>
      all.map(([minute, provider], index) => ({ seq: `${Date.parse(at(minute))}-${index}`, provider })),
    );
}
