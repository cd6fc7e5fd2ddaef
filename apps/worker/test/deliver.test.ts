import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { consoleSink } from "@statuswire/sinks";
import { type Event, PermanentError, RetryLaterError } from "@statuswire/status";
import { keys } from "@statuswire/store";
import { createDeliverer } from "../src/deliver.ts";
import { openStage, someSinks, type Stage } from "./stage.ts";

let stage: Stage;
let printed: string[];
let event: Event;

beforeEach(async () => {
  printed = [];
  stage = await openStage([{ id: "acme", page: "http://127.0.0.1:1", format: "statuspage", every: 60 }]);
  const [told] = await stage.push("acme", {
    page: { name: "Acme" },
    component: { name: "API" },
    incident: { body: "Slow." },
  });
  if (!told) throw new Error("Nothing was told.");
  event = told;
});
afterEach(() => stage.close());

describe("a delivery", () => {
  test("prints the event in two lines", async () => {
    expect(await deliver()).toBe("delivered");
    expect(printed.join("")).toMatch(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] Product: Acme API\nStatus: Slow\.\n$/);
  });

  test("prints it as one JSON object a line, when so asked", async () => {
    await deliver({ format: "json" });
    expect(JSON.parse(printed.join(""))).toEqual(event);
    expect(printed.join("").split("\n")).toHaveLength(2);
  });

  test("that is done is not done again", async () => {
    await deliver();
    expect(await deliver()).toBe("already");
    expect(printed).toHaveLength(1);
  });

  test("that fails is not taken for done", async () => {
    const broken = someSinks({ console: { deliver: () => Promise.reject(new Error("pipe closed")) } });
    await expect(createDeliverer({ ...stage, sinks: broken })(delivery())).rejects.toThrow("pipe closed");
    expect(await deliver()).toBe("delivered");
  });

  test("that another process has done meanwhile is counted as doubled", async () => {
    await deliver();
    expect(await metrics()).toContain('statuswire_deliveries_doubled_total{sink="console"} 0');
    await stage.redis.del(keys.delivered(`${event.seq}:console`));
    const meanwhile = consoleSink({ format: "line", write: () => void stage.ledger.note(event.seq, "console") });
    await createDeliverer({ ...stage, sinks: someSinks({ console: meanwhile }) })(delivery());
    expect(await metrics()).toContain('statuswire_deliveries_doubled_total{sink="console"} 1');
  });

  test("that a process did not survive is counted as repeated", async () => {
    await createDeliverer({ ...stage, sinks: sinks("line"), isAlone: true })(delivery());
    expect(await metrics()).toContain('statuswire_deliveries_repeated_total{sink="console"} 1');
  });

  test("that a sink refuses, or that is asked to wait, is counted as such", async () => {
    for (const error of [new PermanentError("No."), new RetryLaterError("Later.", { delayMs: 1 })]) {
      const broken = someSinks({ console: { deliver: () => Promise.reject(error) } });
      await expect(createDeliverer({ ...stage, sinks: broken })(delivery())).rejects.toThrow(error);
    }
    for (const outcome of ["refused", "waiting"])
      expect(await metrics()).toContain(
        `statuswire_delivery_failures_total{sink="console",outcome="${outcome}"} 1`,
      );
  });

  test.each([
    ["to a sink that is no more", () => ({ ...delivery(), sink: "fax" }), "No sink is called"],
    [
      "of an event that the log has lost",
      () => ({ ...delivery(), seq: "1-1" }),
      "no longer holds an event at 1-1",
    ],
  ])("%s is given up", async (_what, lost, why) => {
    const deliverer = createDeliverer({ ...stage, sinks: sinks("line") });
    await expect(deliverer(lost())).rejects.toThrow(PermanentError);
    await expect(deliverer(lost())).rejects.toThrow(why);
  });
});

function deliver({ format = "line" }: { format?: "line" | "json" } = {}) {
  return createDeliverer({ ...stage, sinks: sinks(format) })(delivery());
}

function metrics(): Promise<string> {
  return stage.registry.metrics();
}

function sinks(format: "line" | "json") {
  return someSinks({ console: consoleSink({ format, write: (text) => void printed.push(text) }) });
}

function delivery() {
  return { v: 1 as const, eventId: event.id, seq: event.seq, sink: "console" };
}
