import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Event, eventVersion } from "@statuswire/status";
import { keys } from "@statuswire/store";
import fc from "fast-check";
import { openStage, type Stage, webhook } from "./stage.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await openStage([{ id: "acme", page: "http://127.0.0.1:1", format: "statuspage" }]);
});
afterEach(() => stage.close());

describe("the log", () => {
  test("grows by what a webhook brings, not by its square", async () => {
    await stage.push("acme", incidentWith({ updates: 1 }));
    const body = incidentWith({ updates: 200, text: "x", components: 200 });
    const events = await stage.push("acme", body);
    expect(events).toHaveLength(199);
    expect(await logBytes(events)).toBeLessThanOrEqual(bound(body, events.length));
  });

  test("keeps to its bound whatever a webhook says", async () => {
    await fc.assert(
      fc.asyncProperty(bodies(), async (body) => {
        const events = await stage.observe(webhook("acme", body));
        expect(await logBytes(events)).toBeLessThanOrEqual(bound(body, events.length));
      }),
      { numRuns: 15 },
    );
  });

  test("says in each event which version of the schema it is in", async () => {
    const [event] = await stage.push("acme", incidentWith({ updates: 1 }));
    expect(event?.version).toBe(eventVersion);
  });

  test("has every update once, in the event that is about it", async () => {
    await stage.push("acme", incidentWith({ updates: 1 }));
    await stage.push("acme", incidentWith({ updates: 3 }));
    const events = await stage.log.after(undefined, 10);
    expect(events.map(({ incident }) => incident?.updates.map(({ id }) => id))).toEqual([["u0"], ["u1"], ["u2"]]);
  });
});

test("an entry from before the schema had a version is read", async () => {
  const event = await stage.push("acme", incidentWith({ updates: 2 }));
  const { version: _version, seq: _seq, ...old } = event[0] ?? {};
  await stage.redis.xadd(keys.events, "*", "id", "evt_old", "event", JSON.stringify(old));
  const [newest] = await stage.log.newest(1);
  expect(newest?.version).toBeUndefined();
  expect(newest?.incident?.updates).toHaveLength(2);
});

interface Said {
  id?: string;
  updates: number;
  components?: number;
  text?: string;
  word?: string;
}

/** A webhook as Statuspage sends it, with so many updates and affected components. */
function incidentWith({ id = "one", updates, components = 0, text = "We are on it.", word = "API" }: Said) {
  const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 11) + second * 1000).toISOString();
  return {
    page: { id: "p", status_description: "Minor" },
    incident: {
      ...{ id, name: `Trouble ${word}`, status: "investigating", impact: "minor", created_at: at(0) },
      updated_at: at(updates),
      components: Array.from({ length: components }, (_, index) => ({
        ...{ id: `c${index}`, name: `${word} ${index}`, status: "operational", updated_at: at(0) },
      })),
      incident_updates: Array.from({ length: updates }, (_, index) => ({
        ...{ id: `u${index}`, status: "investigating", body: `${index} ${text}`, created_at: at(index) },
      })),
    },
  };
}

function bodies() {
  const text = fc.constantFrom("x", "<b>x</b>", '"'.repeat(500), "漢".repeat(2000), "\u0001".repeat(90));
  return fc
    .record({
      id: fc.constantFrom("one", "two", "é".repeat(250)),
      updates: fc.nat({ max: 250 }),
      components: fc.nat({ max: 250 }),
      ...{ text, word: text },
    })
    .map(incidentWith);
}

function bound(body: object, events: number): number {
  return 3 * Buffer.byteLength(JSON.stringify(body)) + 1024 * events;
}

/** All bytes that these entries of the log consist of. */
async function logBytes(events: readonly Event[]): Promise<number> {
  const [first, last] = [events[0]?.seq ?? "+", events.at(-1)?.seq ?? "-"];
  const entries = await stage.redis.xrange(keys.events, first, last);
  return entries.flatMap(([, fields]) => fields).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
