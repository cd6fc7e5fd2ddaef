import { describe, expect, test } from "@jest/globals";
import { changesOf, type Counted, type Event, countersFor } from "../src/index.ts";
import { changed, incidentNews, news } from "./news.ts";
import { at } from "./page.ts";
import { decisions, routing } from "./routing.ts";

describe("a component that changes more than three times in half an hour", () => {
  test("is told as it is, three times", () => {
    expect(verdictsAt([0, 2, 4])).toEqual(["tell", "tell", "tell"]);
  });

  test("is unstable the fourth time, and quiet from then on", () => {
    expect(verdictsAt([0, 2, 4, 6, 8, 10])).toEqual(["tell", "tell", "tell", "unstable", "settle", "settle"]);
  });

  test("has settled when half an hour has passed without a change", () => {
    expect(verdictsAt([0, 2, 4, 6, 37, 38])).toEqual(["tell", "tell", "tell", "unstable", "tell", "tell"]);
  });

  test("stays unstable while it changes now and then", () => {
    expect(verdictsAt([0, 2, 4, 6, 30, 55, 80]).slice(3)).toEqual(["unstable", "settle", "settle", "settle"]);
  });

  test("is asked about again half an hour after each change", () => {
    expect(decisionAt([0, 2, 4, 6], 3)).toMatchObject({ due: at(36).replace(".000", ".001") });
  });

  test("is what it is to a program", () => {
    expect(decisionAt([0, 2, 4, 6], 3, "log")).toMatchObject({ verdict: "tell" });
  });

  test("is told each time, where nobody minds", () => {
    expect(decisionAt([0, 2, 4, 6], 3, "team", routing(undefined, { flapping: undefined }))).toMatchObject({
      verdict: "tell",
    });
  });
});

describe("from the third provider on that is in trouble within a minute", () => {
  test("people are told in one message, at the next minute", () => {
    expect(inTrouble(["a", "b", "acme"])).toMatchObject({ verdict: "digest", due: at(31) });
  });

  test.each([
    ["two are not many", ["a", "acme"]],
    ["one that has trouble again is one", ["acme", "acme", "acme"]],
  ])("%s", (_what, providers) => {
    expect(inTrouble(providers)).toMatchObject({ verdict: "tell" });
  });

  test("a pager is told of each", () => {
    expect(inTrouble(["a", "b", "acme"], "pager")).toMatchObject({ verdict: "tell" });
  });
});

describe("what is counted", () => {
  test.each<[string, Event, string[]]>([
    ["a component's change", changed("operational"), ["changes:acme:api"]],
    ["an incident that opens", incidentNews("incident.opened"), ["onsets"]],
    ["a page that can't be read", news("source.stale"), ["onsets"]],
    ["an update", incidentNews("incident.updated"), []],
    ["what a first look finds", { ...incidentNews("incident.opened"), initial: true }, []],
  ])("of %s is what its noise is made of", (_what, event, names) => {
    expect(countersFor(event, { routing: routing() }).map(({ name }) => name)).toEqual(names);
  });

  test.each([
    ["nothing where only programs are told", ["program"], []],
    ["no beginnings where nobody but pagers and programs are told", ["program", "pager"], ["changes:acme:api"]],
  ] as const)("is %s", (_what, audiences, names) => {
    const sinks = audiences.map((audience) => ({ name: audience, audience }));
    const told = [changed("operational"), incidentNews("incident.opened")];
    const counters = told.flatMap((event) => countersFor(event, { routing: { ...routing(), sinks } }));
    expect(counters.map(({ name }) => name)).toEqual(names);
  });
});

const course = ["major_outage", "operational"] as const;

function verdictsAt(minutes: readonly number[]): (string | undefined)[] {
  return minutes.map((_minute, index) => decisionAt(minutes, index)?.verdict);
}

function decisionAt(minutes: readonly number[], index: number, sink = "team", rules = routing()) {
  const events = minutes.map((minute, place) => changed(course[place % 2] ?? "operational", minute));
  const event = events[index] ?? changed("operational");
  // Later ones have been counted already: they are another's matter.
  const counts = new Map<string, readonly Counted[]>([[changesOf(event).name, events]]);
  return decisions(event, { routing: rules, counts }).find((decision) => decision.sink === sink);
}

function inTrouble(providers: readonly string[], sink = "team") {
  const event = incidentNews("incident.opened");
  const counts = new Map([["onsets", providers.map((provider) => ({ seq: event.seq, provider }))]]);
  return decisions(event, { routing: routing(), counts }).find((decision) => decision.sink === sink);
}
