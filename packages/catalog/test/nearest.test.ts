import { describe, expect, test } from "@jest/globals";
import { nearest } from "../src/index.ts";

const words = ["providers", "outbound", "page", "name"];

describe("the nearest word", () => {
  test.each([
    ["a letter missing", "provders", "providers"],
    ["a letter too many", "pagee", "page"],
    ["a wrong letter", "outbaund", "outbound"],
    ["two letters swapped", "nmae", "name"],
    ["other case", "PAGE", "page"],
    ["accents", "nàme", "name"],
  ])("to one with %s is the word itself", (_what, typed, word) => {
    expect(nearest(typed, words)).toBe(word);
  });

  test.each([["sinks"], ["x"], [""]])("to %j is none of these", (typed) => {
    expect(nearest(typed, words)).toBeUndefined();
  });

  test("of equally near ones is the first", () => {
    expect(nearest("cat", ["hat", "bat"])).toBe("hat");
  });

  test("is the nearer one, wherever it stands", () => {
    expect(nearest("operational", ["operations", "operationa", "operational!"])).toBe("operationa");
  });
});
