import { describe, expect, test } from "@jest/globals";
import { stateOf } from "../src/index.ts";
import { after, at, hear, incident, page, push, quiet, replay, types, update } from "./page.ts";

const course = [[0, "investigating"]] as const;
const opened = incident("i", course);
const open = after(page({}), page({ incidents: [opened] }));

describe("an incident", () => {
  test("is told from its opening to its postmortem, one change for each update", () => {
    const course = [
      [1, "investigating"],
      [2, "identified"],
      [3, "monitoring"],
      [4, "resolved"],
      [5, "postmortem"],
    ] as const;
    const history = course.map((_step, index) => page({ incidents: [incident("i", course.slice(0, index + 1))] }));
    expect(replay(page({}), ...history).changes.map(({ type, status }) => `${type}: ${status}`)).toEqual([
      "incident.opened: investigating at 1",
      "incident.updated: identified at 2",
      "incident.updated: monitoring at 3",
      "incident.resolved: resolved at 4",
      "incident.postmortem: postmortem at 5",
    ]);
  });

  test("that gained several updates since we looked is told in each of them, in order", () => {
    const later = incident("i", [
      [0, "investigating"],
      [3, "resolved"],
      [4, "investigating"],
      [5, "monitoring"],
    ]);
    const { changes } = hear(open, page({ incidents: [later] }), 9);
    expect(changes.map(({ type, timestamp }) => [type, timestamp])).toEqual([
      ["incident.resolved", at(3)],
      ["incident.reopened", at(4)],
      ["incident.updated", at(5)],
    ]);
  });

  test("is told in order also when the page lists its updates newest first", () => {
    const later = incident("i", [
      [0, "investigating"],
      [3, "identified"],
      [4, "monitoring"],
    ]);
    const reversed = { ...later, updates: later.updates.toReversed() };
    const { changes } = hear(open, page({ incidents: [reversed] }), 9);
    expect(changes.map(({ timestamp }) => timestamp)).toEqual([at(3), at(4)]);
  });

  test("whose state moves without an update is told once, in words", () => {
    const moved = page({ incidents: [{ ...opened, updates: [], status: "monitoring", updatedAt: at(4) }] });
    const empty = after(page({}), page({ incidents: [{ ...opened, updates: [] }] }));
    const first = hear(empty, moved, 5);
    const second = hear(first.known, moved, 6);
    expect([...first.changes, ...second.changes]).toMatchObject([
      { type: "incident.updated", status: "Monitoring", timestamp: at(4) },
    ]);
  });

  test("whose update was edited is told the new words once", () => {
    const edited = { ...opened, updates: [{ ...update([0, "investigating"]), body: "We meant Europe." }] };
    const first = hear(open, page({ incidents: [edited] }), 5);
    const second = hear(first.known, page({ incidents: [edited] }), 6);
    expect([...first.changes, ...second.changes]).toMatchObject([
      { type: "incident.updated", status: "We meant Europe." },
    ]);
  });

  test("whose words were only marked up otherwise is no news", () => {
    const body = "<p>investigating   at 0</p>";
    const edited = { ...opened, updates: [{ ...update([0, "investigating"]), body }] };
    expect(hear(open, page({ incidents: [edited] }), 5).changes).toEqual([]);
  });

  test("whose past is rewritten is no news", () => {
    const two = incident("i", [...course, [2, "identified"]]);
    const updates = two.updates.map((one) => (one.id === "0" ? { ...one, body: "We meant Europe." } : one));
    const { changes, known } = hear(
      after(page({ incidents: [two] })),
      page({ incidents: [{ ...two, updates }] }),
      5,
    );
    expect([changes, known.incidents.get("i")?.updates[0]?.body]).toEqual([[], "We meant Europe."]);
  });

  test("whose older update takes a later time is no news", () => {
    const two = incident("i", [...course, [2, "identified"]]);
    const redated = { ...two, updates: two.updates.map((one) => (one.id === "0" ? { ...one, at: at(3) } : one)) };
    expect(hear(after(page({ incidents: [two] })), page({ incidents: [redated] }), 5).changes).toEqual([]);
  });

  test.each([
    ["title", { title: "Worse trouble" }, "Now called: Worse trouble"],
    ["impact", { impact: "critical" }, "Impact: Critical"],
  ] as const)("whose %s changes is told once, and how", (_fact, fact, status) => {
    const changed = page({ incidents: [{ ...opened, ...fact }] });
    const first = hear(open, changed, 5);
    expect([...first.changes, ...hear(first.known, changed, 6).changes]).toMatchObject([
      { type: "incident.updated", status },
    ]);
  });

  test("that is over and gets another title is no news", () => {
    const over = incident("i", [...course, [2, "resolved"]]);
    const renamed = page({ incidents: [{ ...over, title: "What it was" }] });
    expect(hear(after(page({ incidents: [over] })), renamed, 5).changes).toEqual([]);
  });

  test("that gains an update and a title at once is told once", () => {
    const later = incident("i", [...course, [3, "identified"]], { title: "Worse trouble" });
    expect(hear(open, page({ incidents: [later] }), 5).changes).toHaveLength(1);
  });

  test("keeps the facts that the vendor no longer repeats", () => {
    const started = after(
      page({
        incidents: [{ ...opened, startedAt: at(-5), url: "https://acme.test/i", components: [{ name: "API" }] }],
      }),
    );
    const bare = { ...incident("i", [[2, "identified"]]), title: "", startedAt: undefined, impact: "unknown" };
    const { known } = hear(started, push({ incidents: [bare as typeof opened] }), 5);
    expect(known.incidents.get("i")).toMatchObject({
      title: "Trouble i",
      impact: "minor",
      startedAt: at(-5),
      url: "https://acme.test/i",
      components: [{ name: "API" }],
      updates: [{ id: "0" }, { id: "2" }],
    });
  });

  test("stays in its state when the vendor is silent about it", () => {
    const silent = page({ incidents: [{ ...opened, status: "unknown", updatedAt: at(3) }] });
    const { known, changes } = hear(open, silent, 5);
    expect([changes, known.incidents.get("i")?.status]).toEqual([[], "investigating"]);
  });

  test("whose state flaps while the vendor's clock stands still is told each time, each a change of its own", () => {
    const says = (status: "monitoring" | "resolved") => page({ incidents: [{ ...opened, status }] });
    const { changes } = replay(...(["monitoring", "resolved", "monitoring", "resolved"] as const).map(says));
    expect(new Set(changes.map(({ key }) => key)).size).toBe(4);
  });

  test("notes facts that are no news", () => {
    const linked = page({ incidents: [{ ...opened, components: [{ name: "API" }] }] });
    const { known, changes } = hear(open, linked, 5);
    expect([changes, known.incidents.get("i")?.components]).toEqual([[], [{ name: "API" }]]);
  });

  test("reopened has no end any more", () => {
    const over = incident("i", [...course, [2, "resolved"]], { resolvedAt: at(2) });
    const back = incident("i", [...course, [2, "resolved"], [3, "investigating"]]);
    const { known, changes } = replay(page({ incidents: [over] }), page({ incidents: [back] }));
    expect(types(changes).at(-1)).toBe("incident.reopened");
    expect(known.incidents.get("i")?.resolvedAt).toBeUndefined();
  });

  test("named twice by one page is one, as of the newer entry", () => {
    const older = { ...opened, title: "Old words" };
    const newer = incident("i", [...course, [3, "identified"]]);
    const twice = page({ incidents: [newer, older] });
    expect(replay(page({}), twice, twice, twice).changes).toMatchObject([{ incident: { title: "Trouble i" } }]);
  });

  test("with an update named twice is told once", () => {
    const again = { ...update([0, "investigating"]), body: "Other words" };
    const twice = page({ incidents: [{ ...opened, updates: [...opened.updates, again] }] });
    expect(replay(page({}), twice, twice, twice).changes).toHaveLength(1);
  });
});

describe("an incident in a word we don't know", () => {
  const odd = (minute: number) =>
    incident("i", [[minute, "odd"]], { status: "unknown", rawStatus: "pondering", updates: [] });

  test("is told in the vendor's, and stays open", () => {
    const { known, changes } = hear(open, page({ incidents: [odd(3)] }), 5);
    expect(changes).toMatchObject([{ type: "incident.updated", incident: { status: "unknown" } }]);
    expect(stateOf(known)).toBe("degraded_performance");
  });

  test("is not over any more, if it was: never green by accident", () => {
    const over = after(page({}), page({ incidents: [incident("i", [...course, [1, "resolved"]])] }));
    const { known, changes } = hear(over, page({ incidents: [odd(3)] }), 5);
    expect([types(changes), stateOf(known)]).toEqual([["incident.reopened"], "degraded_performance"]);
  });

  test("loses that word with the state it belonged to", () => {
    const known = after(page({ incidents: [odd(3)] }), page({ incidents: [incident("i", [[4, "resolved"]])] }));
    expect(known.incidents.get("i")?.rawStatus).toBeUndefined();
  });

  test("stays in its state when only an update has such a word", () => {
    const later = incident("i", [...course, [2, "odd"], [3, "resolved"]]);
    const { changes } = hear(open, page({ incidents: [later] }), 5);
    expect(changes).toMatchObject([
      { type: "incident.updated", incident: { status: "investigating" } },
      { type: "incident.resolved" },
    ]);
  });
});

describe("the product of an incident", () => {
  test.each([
    ["is its component's", [{ name: "API" }], "Acme API"],
    [
      "counts its components",
      [{ name: "API" }, { name: "Web" }, { name: "Apps" }],
      "Acme (3 components affected)",
    ],
    ["is its title where it names none", [], "Acme - Trouble i"],
  ])("%s", (_how, components, product) => {
    expect(hear(quiet(), page({ incidents: [{ ...opened, components }] }), 5).changes).toMatchObject([
      { product },
    ]);
  });

  test("is what the sender said, if it said", () => {
    const relayed = push({ incidents: [{ ...opened, product: "Acme Rockets" }] });
    expect(hear(quiet(), relayed, 5).changes).toMatchObject([{ product: "Acme Rockets" }]);
  });
});

describe("changes of one snapshot", () => {
  test("are told oldest first, however the page orders them", () => {
    const incidents = [incident("late", [[7, "investigating"]]), incident("early", [[3, "investigating"]])];
    expect(hear(quiet(), page({ incidents }), 9).changes.map(({ timestamp }) => timestamp)).toEqual([
      at(3),
      at(7),
    ]);
  });
});
