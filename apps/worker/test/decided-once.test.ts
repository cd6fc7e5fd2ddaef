import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Event, Routing, Rule } from "@statuswire/status";
import { waitUntil } from "@statuswire/testing";
import { createAsk } from "../src/ask.ts";
import { startDispatcher } from "../src/dispatch.ts";
import { createPrinter } from "../src/print.ts";
import { createRouter } from "../src/routing.ts";
import { createSendOff } from "../src/send-off.ts";
import { groupOf } from "./group.ts";
import { openStage, someSinks, type Stage } from "./stage.ts";

let stage: Stage;
let event: Event;

beforeEach(async () => {
  stage = await openStage([{ id: "acme", page: "http://127.0.0.1:1", format: "statuspage", every: 60 }]);
  const said = { page: { name: "Acme" }, component: { name: "API" }, incident: { body: "Slow." } };
  const [told] = await stage.push("acme", said);
  if (!told) throw new Error("Nothing was told.");
  event = told;
});
afterEach(() => stage.close());

describe("an event whose dispatcher died before it was done", () => {
  test("is queued once for each sink, as it was decided first", async () => {
    await dispatch({ to: ["team"] }, { dies: true });
    await dispatch({ to: ["other"] });
    const jobs = await stage.queues.deliveries.getJobs(["waiting"]);
    expect(jobs.map(({ data }) => (data as { sink: string }).sink)).toEqual(["team"]);
    expect((await stage.traces.of(event.seq)).ruling?.decisions).toMatchObject([
      { sink: "team", verdict: "tell" },
    ]);
  });

  test("is held once, until when was decided first", async () => {
    const delayed = { to: ["team"], delayMs: 60_000 };
    await dispatch(delayed, { dies: true });
    await dispatch({ ...delayed, delayMs: 1 });
    const due = Number(event.seq.split("-")[0]) + 60_000;
    expect([await stage.holds.due(due - 1), await stage.holds.due(due)]).toEqual([
      [],
      [{ kind: "recheck", seq: event.seq, sink: "team" }],
    ]);
  });
});

/** Dispatches the event by one rule; one that dies has done everything but say so. */
async function dispatch(rule: Partial<Rule>, { dies = false } = {}): Promise<void> {
  const sinks = someSinks({ team: nothing, other: nothing });
  const whole: Rule = { name: "one", match: {}, to: [], continue: false, mute: [], quiet: [], ...rule };
  const routing = (): Routing => ({ ...stage.routing(), rules: [whole], sinks: sinks.destinations() });
  const { group, isDone } = groupOf([event], { dies });
  const dispatcher = startDispatcher({
    ...stage,
    group,
    sendOff: createSendOff({ ...stage, sinks }),
    print: createPrinter(stage),
    ask: createAsk(stage),
    route: createRouter({ ...stage, routing, originOf: () => undefined }),
  });
  await waitUntil("the event to be dispatched", isDone);
  await dispatcher.stop();
}

const nothing = { deliver: () => Promise.resolve() };
