import { describe, expect, test } from "@jest/globals";
import { usualPartitionCount } from "@statuswire/queues";
import type { Event } from "@statuswire/status";
import { freshRedis } from "@statuswire/testing";
import { compareOrder } from "../src/rig/ordered.ts";
import { queuedIds } from "../src/rig/queued.ts";
import { queueAll, recordedProviders, recordStream } from "../src/rig/recording.ts";
import { orderOf } from "../src/soak/order.ts";

describe("the comparison of two sequences", () => {
  test("finds nothing where they are the same", () => {
    expect(compareOrder(["a", "b", "a"], ["a", "b", "a"])).toEqual({ outOfOrder: [], lost: [], doubled: [] });
  });

  test("finds the one that was overtaken by several", () => {
    expect(compareOrder(["a", "b", "c", "d"], ["b", "c", "d", "a"]).outOfOrder).toEqual(["a"]);
  });

  test("finds what is missing and what is too much", () => {
    expect(compareOrder(["a", "b"], ["b", "b"])).toEqual({ outOfOrder: [], lost: ["a"], doubled: ["b"] });
  });
});

describe("the account of an order", () => {
  test("finds nothing in a log that tells each webhook in its turn", () => {
    expect(account("first", "API is operational", "second")).toEqual({ outOfOrder: [], lost: [], doubled: [] });
  });

  test("finds a webhook that another has overtaken", () => {
    expect(account("first", "second", "API is operational").outOfOrder).toHaveLength(1);
  });

  test("finds a webhook that no event tells", () => {
    expect(account("first", "second").lost).toEqual(["ordered-1: API is operational"]);
  });
});

describe("a recorded stream", () => {
  const stream = recordStream(300);

  test("is the same each time", () => {
    expect(recordStream(300)).toEqual(stream);
  });

  test("has incidents, components and readings of pages, each under an id of its own", () => {
    expect(new Set(stream.map(({ id }) => id)).size).toBe(stream.length);
    expect(stream.some(({ via }) => via === "poll")).toBe(true);
    expect(stream.some(({ body }) => body.includes('"component_update"'))).toBe(true);
    expect(new Set(stream.map(({ provider }) => provider)).size).toBeGreaterThan(recordedProviders.length / 2);
  });

  test("is queued whole", async () => {
    const server = await freshRedis();
    await queueAll(server.connect(), stream, usualPartitionCount);
    const queued = await queuedIds(server.connect());
    await server.stop();
    expect(queued.size).toBe(stream.length);
  });
});

/** What is found where three webhooks were accepted in their turn, and the log says this. */
function account(...told: string[]) {
  const incident = (body: string) => JSON.stringify({ incident: { incident_updates: [{ body }] } });
  const component = JSON.stringify({ component: { name: "API", status: "operational" } });
  const inOrder = new Map([["ordered-1", [incident("first"), component, incident("second")]]]);
  return orderOf({ pages: new Map(), events: told.map(eventOf), inOrder });
}

function eventOf(words: string): Event {
  const [name, status] = words.split(" is ");
  const about = status === undefined ? { status: words } : { status: words, component: { name, status } };
  return { provider: "ordered-1", ...about } as Event;
}
