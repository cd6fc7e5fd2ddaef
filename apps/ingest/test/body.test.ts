import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { jsonText } from "../src/body.ts";
import { createTurns } from "../src/turns.ts";

const mib = 1024 * 1024;
let turnsPassed = 0;
let counting: NodeJS.Immediate;

beforeAll(count);
afterAll(() => clearImmediate(counting));

describe("a body of 1 MiB", () => {
  test.each([
    ["that is JSON", `[${"{},".repeat(mib / 3 - 2)}{}]`],
    ["that is JSON, of other letters than ASCII", `"${"ö".repeat(mib / 2 - 1)}"`],
    ["that fails at its end", `[${"{},".repeat(mib / 3 - 2)}`],
    ["that fails nowhere but in its length", `"${"a".repeat(mib - 1)}`],
  ])("%s leaves the event loop free between its pieces", async (_what, text) => {
    const before = turnsPassed;
    await jsonText(Buffer.from(text), { nesting: 64, turns: createTurns() }).catch(() => undefined);
    expect(turnsPassed - before).toBeGreaterThan(50);
  });

  test("is the text that it was", async () => {
    const text = `\uFEFF"${"aö€😀".repeat(mib / 10)}"`;
    expect(await jsonText(Buffer.from(text), { nesting: 64, turns: createTurns() })).toBe(text);
  });
});

describe("long work", () => {
  test("takes one step per turn of the event loop, however much of it there is", async () => {
    const turns = createTurns();
    const taken: number[] = [];
    const work = () => {
      let steps = 0;
      return () => {
        taken.push(turnsPassed);
        return ++steps === 3 ? "done" : undefined;
      };
    };
    await Promise.all([turns.take(work()), turns.take(work()), turns.take(work())]);
    expect(new Set(taken).size).toBe(9);
  });
});

function count(): void {
  turnsPassed++;
  counting = setImmediate(count);
}
