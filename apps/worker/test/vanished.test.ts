import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Poll } from "@statuswire/queues";
import type { Simulator } from "@statuswire/simulator";
import type { Event } from "@statuswire/status";
import { waitUntil } from "@statuswire/testing";
import { startDispatcher } from "../src/dispatch.ts";
import { createPrinter } from "../src/print.ts";
import { createRouter } from "../src/routing.ts";
import { createSendOff } from "../src/send-off.ts";
import { groupOf } from "./group.ts";
import { breaks, entries, mends, retracts, servePages } from "./page.ts";
import { openStage, type Stage, types } from "./stage.ts";

let pages: Simulator;
let stage: Stage;

beforeEach(async () => {
  pages = await servePages("acme");
  stage = await openStage(entries(pages, "acme"));
});
afterEach(async () => {
  await stage.close();
  await pages.close();
});

describe("an open incident that its page no longer lists", () => {
  test("is asked for by its own address, and its closing words are told", async () => {
    await read(0);
    pages.change("acme", breaks(1));
    await read(1);
    pages.change("acme", mends(2));
    expect(await read(2)).toMatchObject([
      {},
      { type: "incident.resolved", status: "All is well.", inferred: false },
    ]);
  });

  test("is asked for, also when several vanish at once", async () => {
    await read(0);
    for (const title of ["One", "Two", "Three"]) pages.change("acme", breaks(1, title));
    await read(1);
    pages.change("acme", mends(2));
    const resolved = (await read(2)).filter(({ type }) => type === "incident.resolved");
    expect(resolved.map(({ incident }) => incident?.title).sort()).toEqual(["One", "Three", "Two"]);
  });

  test("is asked for again when the question fails, unless it is gone", async () => {
    pages.change("acme", breaks(1));
    await read(1);
    const id = [...(await stage.known("acme")).incidents.keys()][0] ?? "";
    pages.fault("acme", { kind: "status", status: 500 });
    const ask = (left: number) => stage.ask("acme", { incident: id, left });
    await expect(ask(1)).rejects.toThrow("500");
    expect(await ask(0)).toBe("failed");
    pages.fault("acme");
    expect(await stage.ask("acme", { incident: "nobody", left: 1 })).toBe("failed");
    expect(await ask(1)).toBe("asked");
  });

  test("is over, as far as we can tell, when it is gone altogether and a second reading agrees", async () => {
    await read(0);
    pages.change("acme", breaks(1));
    await read(1);
    pages.change("acme", retracts);
    expect(types(await read(2))).not.toContain("incident.resolved");
    expect(await read(3)).toMatchObject([{ type: "incident.resolved", inferred: true }]);
    expect(await read(4)).toEqual([]);
  });
});

describe("an incident whose end was inferred, because who was to ask for its closing words died", () => {
  test("is asked for once more, and then they are told", async () => {
    await readOnly(0);
    pages.change("acme", breaks(1));
    await readOnly(1);
    pages.change("acme", mends(2));
    await readOnly(2);
    const inferred = await readOnly(3);
    expect(inferred).toMatchObject([{ type: "incident.resolved", inferred: true }]);
    const listedAgain = inferred.map((event): Event => ({ ...event, type: "incident.reopened" }));
    expect(await askedBy(listedAgain)).toEqual([]);
    const [question, ...more] = await askedBy(inferred);
    expect(more).toEqual([]);
    expect(await stage.poll("acme", question?.incident)).toBe("asked");
    expect(await told()).toMatchObject([{ incident: { status: "resolved" }, status: "All is well." }]);
  });

  test("is not asked for when the page told the end itself", async () => {
    await readOnly(0);
    pages.change("acme", breaks(1));
    expect(await askedBy(await readOnly(1))).toEqual([]);
  });
});

/** Reads Acme's page so many minutes after noon, and what has vanished from it. */
async function read(minutes: number) {
  stage.clock(minutes);
  await stage.poll("acme");
  return stage.settle("acme");
}

/** Reads Acme's page so many minutes after noon; what it asks for is lost. */
async function readOnly(minutes: number): Promise<Event[]> {
  stage.clock(minutes);
  await stage.poll("acme");
  return told();
}

async function told(): Promise<Event[]> {
  const events = await Promise.all(stage.came.splice(0).map((observation) => stage.observe(observation)));
  return events.flat();
}

/** What is asked when events are dispatched. */
async function askedBy(events: readonly Event[]): Promise<Poll[]> {
  const asked: Poll[] = [];
  const { group, isDone } = groupOf(events);
  const dispatcher = startDispatcher({
    ...stage,
    group,
    sendOff: createSendOff(stage),
    print: createPrinter({ ...stage, sinks: { print: () => Promise.resolve() } }),
    ask: async (poll) => void asked.push(poll),
    route: createRouter({ ...stage, originOf: () => undefined }),
  });
  await waitUntil("the events to be dispatched", isDone);
  await dispatcher.stop();
  return asked;
}
