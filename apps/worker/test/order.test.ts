import { EventEmitter, once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { consoleSink, type Sink } from "@statuswire/sinks";
import type { Simulator } from "@statuswire/simulator";
import { type Event, RetryLaterError } from "@statuswire/status";
import { createDeliverer } from "../src/deliver.ts";
import { createRouter } from "../src/routing.ts";
import { breaks, entries, says, servePages } from "./page.ts";
import { openStage, someSinks, type Stage } from "./stage.ts";

let pages: Simulator;
let stage: Stage;
let opened: Event;
let changed: Event;
let updated: Event;
let heard: string[];

beforeEach(async () => {
  heard = [];
  pages = await servePages("acme");
  stage = await openStage(entries(pages, "acme"));
  await read(0);
  pages.change("acme", breaks(1));
  const events = await read(1);
  pages.change("acme", says(2, "We know why."));
  events.push(...(await read(2)));
  opened = typed(events, "incident.opened");
  changed = typed(events, "component.changed");
  updated = typed(events, "incident.updated");
});
afterEach(async () => {
  await stage.close();
  await pages.close();
});

describe("an event that is older than what its sink has heard of the subject", () => {
  test("is left out, and is done", async () => {
    expect([await deliver(updated), await deliver(opened)]).toEqual(["delivered", "overtaken"]);
    expect([heard, await stage.ledger.has(opened.seq, "team")]).toEqual([[updated.id], true]);
  });

  test("is told where the other one failed", async () => {
    await expect(deliver(updated, { deliver: () => Promise.reject(new Error("down")) })).rejects.toThrow("down");
    expect([await deliver(opened), await deliver(updated)]).toEqual(["delivered", "delivered"]);
    expect(heard).toEqual([opened.id, updated.id]);
  });

  test("is told to another sink, and of another subject", async () => {
    await deliver(updated);
    expect([await deliver(opened, listener(), "other"), await deliver(changed)]).toEqual([
      "delivered",
      "delivered",
    ]);
  });

  test("is printed on the console all the same", async () => {
    const console = consoleSink({ format: "line", write: (text) => void heard.push(text) });
    await deliver(updated, console, "console");
    expect(await deliver(opened, console, "console")).toBe("delivered");
    expect(heard).toHaveLength(2);
  });
});

describe("two deliveries at once to one sink", () => {
  test("of one subject go one after another", async () => {
    const { sink, letGo } = slow();
    const first = deliver(opened, sink);
    await expect(deliver(updated, sink)).rejects.toThrow(RetryLaterError);
    letGo();
    expect([await first, await deliver(updated), heard]).toEqual([
      "delivered",
      "delivered",
      [opened.id, updated.id],
    ]);
  });

  test("of one event post it once", async () => {
    const { sink, letGo } = slow();
    const first = deliver(opened, sink);
    await expect(deliver(opened, sink)).rejects.toThrow(RetryLaterError);
    letGo();
    expect([await first, await deliver(opened), heard]).toEqual(["delivered", "already", [opened.id]]);
  });

  test("of two subjects don't wait for each other", async () => {
    const { sink, letGo } = slow();
    const first = deliver(opened, sink);
    expect(await deliver(changed)).toBe("delivered");
    letGo();
    await first;
  });
});

describe("a process that was paused with a delivery in hand", () => {
  test.each(["latest", "strict", "none"] as const)(
    "posts nothing that another has taken over (%s)",
    async (order) => {
      const turns = {
        ...stage.turns,
        take: async (sink: string, subject: string) => {
          const turn = await stage.turns.take(sink, subject);
          return turn && { ...turn, isHeld: () => Promise.resolve(false) };
        },
      };
      const sinks = someSinks({ team: listener() }, { order });
      const { id, seq } = opened;
      const delivery = { v: 1, eventId: id, seq, sink: "team" } as const;
      await expect(createDeliverer({ ...stage, turns, sinks })(delivery)).rejects.toThrow(RetryLaterError);
      expect(heard).toEqual([]);
    },
  );

  test.each(["strict", "none"] as const)("posts nothing that another has told meanwhile (%s)", async (order) => {
    const { id, seq } = opened;
    const delivery = { v: 1, eventId: id, seq, sink: "team" } as const;
    const sinks = someSinks({ team: listener() }, { order });
    const turns = {
      ...stage.turns,
      async take(sink: string, subject: string) {
        await createDeliverer({ ...stage, sinks })(delivery);
        return stage.turns.take(sink, subject);
      },
    };
    expect(await createDeliverer({ ...stage, turns, sinks })(delivery)).toBe("already");
    expect(heard).toEqual([id]);
  });
});

describe("what an open incident explains", () => {
  test("goes to the console only", async () => {
    const sinks = [
      { name: "console", audience: "program" },
      { name: "team", audience: "people" },
    ] as const;
    const routing = () => ({ ...stage.routing(), sinks });
    const routed = await createRouter({ ...stage, routing, originOf: () => undefined })([opened, changed]);
    expect(
      routed.flatMap(({ event, ruling }) =>
        ruling.decisions.map(({ sink, verdict }) => [event.type, sink, verdict]),
      ),
    ).toEqual([
      ["incident.opened", "console", "tell"],
      ["incident.opened", "team", "tell"],
      ["component.changed", "console", "tell"],
      ["component.changed", "team", "drop"],
    ]);
  });
});

function deliver({ id, seq }: Event, sink = listener(), name = "team") {
  return createDeliverer({ ...stage, sinks: someSinks({ [name]: sink }) })({ v: 1, eventId: id, seq, sink: name });
}

function listener(): Sink {
  return { deliver: async ({ id }) => void heard.push(id) };
}

/** A sink that takes an event only when it is let. */
function slow(): { sink: Sink; letGo(): void } {
  const letIn = new EventEmitter();
  const isLet = once(letIn, "now");
  return {
    sink: { deliver: ({ id }) => isLet.then(() => void heard.push(id)) },
    letGo: () => void letIn.emit("now"),
  };
}

function typed(events: readonly Event[], type: Event["type"]): Event {
  const found = events.find((event) => event.type === type);
  if (!found) throw new Error(`Nothing was told of type ${type}.`);
  return found;
}

async function read(minutes: number): Promise<Event[]> {
  stage.clock(minutes);
  await stage.poll("acme");
  return stage.settle("acme");
}
