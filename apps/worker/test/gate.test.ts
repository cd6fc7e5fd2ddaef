import { describe, expect, test } from "@jest/globals";
import { PermanentError, RetryLaterError } from "@statuswire/status";
import { createGate } from "../src/gate.ts";

const down = () => Promise.reject(new Error("It does not answer."));
const up = () => Promise.resolve();
const hangs = () => new Promise<void>(() => undefined);

describe("a sink that has failed five times in a row", () => {
  test("is left alone, and says until when", async () => {
    const { fail, pass } = await failed(5);
    expect(await pass(up)).toBeInstanceOf(RetryLaterError);
    expect(await fail()).toMatchObject({ delayMs: expect.any(Number) });
  });

  test("is tried with one after half a minute", async () => {
    const { pass, clock } = await failed(5);
    clock(30_000);
    void pass(hangs);
    expect(await pass(up)).toBeInstanceOf(RetryLaterError);
  });

  test("is left alone again when that one fails", async () => {
    const { fail, pass, clock } = await failed(5);
    clock(30_000);
    await fail();
    expect(await pass(up)).toBeInstanceOf(RetryLaterError);
  });

  test("gets everything again when that one arrives, and both is told once", async () => {
    const { pass, clock, told } = await failed(5);
    clock(30_000);
    await pass(up);
    expect([await pass(up), await pass(up), told]).toEqual([
      "passed",
      "passed",
      ["sink.resting", "sink.recovered"],
    ]);
  });

  test("costs another nothing", async () => {
    const { pass } = await failed(5);
    expect(await pass(up, "other")).toBe("passed");
  });
});

describe("a sink", () => {
  test("that has failed four times is tried at once", async () => {
    expect(await (await failed(4)).pass(up)).toBe("passed");
  });

  test("that has failed is tried with one at a time", async () => {
    const { pass } = await failed(1);
    void pass(hangs);
    expect(await pass(up)).toBeInstanceOf(RetryLaterError);
  });

  test("that hangs holds no more than its share", async () => {
    const { pass } = await failed(0);
    for (const one of [hangs, hangs, hangs]) void pass(one);
    expect([await pass(up), await pass(up, "other")]).toEqual([expect.any(RetryLaterError), "passed"]);
  });

  test("that hangs is asked the less often the more wait, until one arrives", async () => {
    const { pass } = await failed(1);
    let arrive: () => void = () => undefined;
    const arrived = pass(() => new Promise<void>((resolve) => (arrive = resolve)));
    const waits = async () => ((await pass(up)) as RetryLaterError).delayMs;
    const first = await waits();
    for (let times = 0; times < 200; times++) await waits();
    expect(await waits()).toBeGreaterThan(4 * first);
    arrive();
    expect([await arrived, await pass(up)]).toEqual(["passed", "passed"]);
  });

  test("that refuses events for what they are is not taken for down", async () => {
    const { pass } = await failed(4);
    await pass(() => Promise.reject(new PermanentError("It does not take that.")));
    expect(await pass(up)).toBe("passed");
  });

  test("that asks us to wait is left alone for so long", async () => {
    const { pass, clock } = await failed(0);
    await pass(() => Promise.reject(new RetryLaterError("slow down", { delayMs: 60_000 })));
    clock(59_999);
    expect(await pass(up)).toBeInstanceOf(RetryLaterError);
    clock(60_000);
    expect(await pass(up)).toBe("passed");
  });
});

/** A gate whose sink has failed so many times. */
async function failed(times: number) {
  let now = 0;
  const told: string[] = [];
  const gate = createGate({ atOnce: 3, now: () => now, tell: (happening) => void told.push(happening) });
  const pass = (deliver: () => Promise<void>, sink = "team") =>
    gate.pass(sink, deliver).then(
      () => "passed",
      (error: unknown) => error,
    );
  const fail = () => pass(down);
  for (let time = 0; time < times; time++) await fail();
  return { pass, fail, told, clock: (ms: number) => void (now = ms) };
}
