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
import { breaks, entries, mends, servePages } from "./page.ts";
import { openStage, type Stage } from "./stage.ts";

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

describe("an incident whose end was inferred, because who was to ask for its closing words died", () => {
  test("is asked for once more, and then they are told", async () => {
    await read(0);
    pages.change("acme", breaks(1));
    await read(1);
    pages.change("acme", mends(2));
    await read(2);
    const inferred = await read(3);
    expect(inferred).toMatchObject([{ type: "incident.resolved", inferred: true }]);

    const [question, ...more] = await askedBy(inferred);
    expect(more).toEqual([]);
    expect(await stage.poll("acme", question?.incident)).toBe("asked");
    expect(await told()).toMatchObject([{ incident: { status: "resolved" }, status: "All is well." }]);
  });

  test("is not asked for when the page told the end itself", async () => {
    await read(0);
    pages.change("acme", breaks(1));
    expect(await askedBy(await read(1))).toEqual([]);
  });
});

/** Reads Acme's page so many minutes after noon; what it asks for is lost. */
async function read(minutes: number): Promise<Event[]> {
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
