import { describe, expect, test } from "@jest/globals";
import { waitUntil } from "../src/index.ts";

describe("waiting", () => {
  test("gives back the first truthy value", async () => {
    const values = [undefined, "", "here"];
    await expect(waitUntil("a value", () => values.shift())).resolves.toBe("here");
  });

  test("goes on while the condition throws", async () => {
    const attempts = [() => Promise.reject(new Error("not yet")), () => Promise.resolve(true)];
    await expect(waitUntil("a success", () => attempts.shift()?.())).resolves.toBe(true);
  });

  test("says what it waited for, and the last value, when time is up", async () => {
    await expect(waitUntil("three events", () => 0, 50)).rejects.toThrow(
      "Waited 50 ms for three events. The last value was 0",
    );
  });

  test("says what the last attempt threw, when time is up", async () => {
    const refuse = () => Promise.reject(new Error("connection refused"));
    await expect(waitUntil("an answer", refuse, 50)).rejects.toThrow(
      "The last attempt threw: Error: connection refused",
    );
  });
});
