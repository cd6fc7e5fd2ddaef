import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Change, fitted, limits, logBudget, type Snapshot, type Update } from "../src/index.ts";
import { after, at, component, hear, incident, page, push, quiet, types, update } from "./page.ts";

describe("what one observation adds to the log", () => {
  test("is at most three times its payload and 1 KB for each event, whatever it says", () => {
    fc.assert(
      fc.property(pages(), pages(), (before, told) => {
        const payloadBytes = rawBytes(told);
        const changes = fitted(hear(after(before), told, 60).changes, { payloadBytes });
        expect(logBytes(changes)).toBeLessThanOrEqual(
          logBudget.perPayloadByte * payloadBytes + logBudget.perEvent * changes.length,
        );
      }),
    );
  });

  test("grows with the updates that are new, not with those that were known", () => {
    const known = after(push({ incidents: [withUpdates(100)] }));
    const more = hear(known, push({ incidents: [withUpdates(101)] }), 60);
    expect(more.changes.map(({ incident }) => incident?.updates.length)).toEqual([1]);
    expect(more.changes[0]?.omitted).toEqual({ updates: 100 });
  });

  test("is as it was where it fits: components and words are not cut", () => {
    const components = Array.from({ length: 12 }, (_, index) => ({ name: `Component ${index}` }));
    const { changes } = hear(
      quiet(),
      push({ incidents: [incident("a", [[1, "investigating"]], { components })] }),
      60,
    );
    expect(fitted(changes, { payloadBytes: 2000 })).toEqual(changes);
  });

  test("names fewer components where each of many events would repeat hundreds, and says how many", () => {
    const components = Array.from({ length: 500 }, (_, index) => ({ name: `Component ${index}` }));
    const known = after(push({ incidents: [withUpdates(1, components)] }));
    const { changes } = hear(known, push({ incidents: [withUpdates(100, components)] }), 60);
    const [first] = fitted(changes, { payloadBytes: 20_000 });
    expect(first?.incident?.components).toHaveLength(3);
    expect(first?.omitted).toEqual({ components: 497, updates: 99 });
  });

  test("has a limit in events: updates are left out first, and the last event says how many", () => {
    const incidents = Array.from({ length: 30 }, (_, index) => ({ ...withUpdates(200), id: `${index}` }));
    const known = after(page({ incidents: incidents.map((one) => ({ ...one, updates: [] })) }));
    const components = [component("api", "major_outage")];
    const { changes } = hear(known, page({ incidents, components }), 60);
    const kept = fitted(changes, { payloadBytes: 1_000_000 });
    expect(kept).toHaveLength(limits.events);
    expect(types(kept)).toContain("component.changed");
    expect(kept.at(-1)?.omitted?.events).toBe(changes.length - limits.events);
  });
});

describe("the first event of an incident", () => {
  test("carries all that was written before, so that the log has every update once", () => {
    const { changes } = hear(quiet(), push({ incidents: [withUpdates(3)] }), 60);
    expect(changes[0]?.incident?.updates).toHaveLength(3);
  });

  test("leaves the closing words to its end, when both are seen at once", () => {
    const over = incident("a", [[1, "investigating"], [2, "identified"], [3, "resolved"]]); // prettier-ignore
    const { changes } = hear(quiet(), page({ incidents: [over] }), 60);
    expect(changes.map(({ incident }) => incident?.updates.map(({ id }) => id))).toEqual([["1", "2"], ["3"]]);
  });

  test("later ones say when the vendor first wrote of it", () => {
    const { changes } = hear(
      after(push({ incidents: [withUpdates(2)] })),
      push({ incidents: [withUpdates(3)] }),
      60,
    );
    expect(changes[0]?.incident?.firstUpdateAt).toBe(at(0));
  });
});

describe("limits", () => {
  test("of an incident the newest updates are known, and older ones that the page still lists are no news", () => {
    const told = page({ incidents: [withUpdates(limits.updates + 50)] });
    const known = after(told);
    expect(known.incidents.get("a")?.updates).toHaveLength(limits.updates);
    expect(known.page.omitted).toEqual({ updates: 50 });
    expect(hear(known, told, 60).changes).toEqual([]);
  });

  test("updates that arrive one by one push out the oldest", () => {
    const known = after(push({ incidents: [withUpdates(limits.updates)] }));
    const more = hear(known, push({ incidents: [withUpdates(limits.updates + 1)] }), 60);
    expect(more.changes).toHaveLength(1);
    expect(more.known.incidents.get("a")?.updates).toHaveLength(limits.updates);
    expect(hear(more.known, push({ incidents: [withUpdates(limits.updates)] }), 61).changes).toEqual([]);
  });

  test("a text that is too long ends with a mark", () => {
    const body = "x".repeat(limits.body + 1);
    const told = { ...withUpdates(1), updates: [{ ...update([1, "investigating"]), body }] };
    const said = after(push({ incidents: [told] })).incidents.get("a")?.updates[0]?.body;
    expect(said).toBe(`${"x".repeat(limits.body - 1)}…`);
  });

  test("a list that is too long is cut, says so, and ends nothing that it leaves out", () => {
    const components = Array.from({ length: limits.components + 1 }, (_, index) =>
      component(`${index}`, "operational"),
    );
    const last = components.slice(-1);
    const { page: known, components: listed } = after(page({ components: last }), page({ components }), page({ components })); // prettier-ignore
    expect(known.omitted).toEqual({ components: 1 });
    expect(listed.size).toBe(limits.components + 1);
  });

  test("an id that is too long is cut the same way each time", () => {
    const long = page({ components: [component("é".repeat(400), "degraded_performance")] });
    const known = after(page({}), long);
    expect([...known.components.keys()][0]?.length).toBeLessThan(limits.id);
    expect(hear(known, long, 60).changes).toEqual([]);
  });
});

function withUpdates(count: number, components: { name: string }[] = []) {
  const updates = Array.from({ length: count }, (_, index): Update => ({
    ...{ id: `${index}`, status: "investigating", body: `Update ${index}` },
    at: new Date(Date.parse(at(0)) + index * 1000).toISOString(),
  }));
  return { ...incident("a", []), components, updates };
}

/** Pages that say little or much, in words that take more room in JSON than elsewhere. */
function pages(): fc.Arbitrary<Snapshot> {
  return fc
    .record({
      name: texts(),
      incidents: fc.array(incidents(), { maxLength: 3 }),
      components: fc.array(fc.record({ id: texts(), name: texts(), group: texts() }), { maxLength: 20 }),
    })
    .map(({ name, incidents: told, components }) =>
      page({
        page: { name },
        incidents: told,
        components: components.map((one) => ({ ...one, status: "major_outage" })),
      }),
    );
}

function incidents() {
  const updates = fc.record({ count: fc.nat({ max: 300 }), body: texts(), id: texts() });
  const affected = fc.record({ count: fc.nat({ max: 300 }), name: texts() });
  return fc
    .record({
      id: texts(),
      title: texts(),
      url: texts(),
      rawStatus: texts(),
      isOver: fc.boolean(),
      updates,
      affected,
    })
    .map(({ updates: said, affected: parts, isOver, ...more }) => ({
      ...incident("", [], more),
      status: isOver ? ("resolved" as const) : ("investigating" as const),
      updates: withUpdates(said.count).updates.map((one) => ({
        ...one,
        id: `${one.id}${said.id}`,
        body: said.body,
      })),
      components: Array.from({ length: parts.count }, (_, index) => ({ name: `${index}${parts.name}` })),
    }));
}

function texts(): fc.Arbitrary<string> {
  const characters = fc.constantFrom("x", '"', "\u0001", "é", "漢", "😀", "\n");
  return fc.tuple(characters, fc.constantFrom(1, 3, 40, 200, 3000)).map(([one, times]) => one.repeat(times));
}

/** The least that a payload can take which says this: each of its texts once. */
function rawBytes(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  return typeof value === "object" && value !== null
    ? Object.values(value).reduce<number>((sum, inner) => sum + rawBytes(inner), 0)
    : 0;
}

/** What the entries take, as the store writes them. */
function logBytes(changes: readonly Change[]): number {
  const id = `evt_${"0".repeat(32)}`;
  return changes.reduce((sum, { key: _key, ...change }) => {
    const event = { version: 2, id, provider: "a".repeat(64), observedAt: at(0), via: "webhook", ...change };
    return sum + Buffer.byteLength(`id${id}event${JSON.stringify(event)}`);
  }, 0);
}
