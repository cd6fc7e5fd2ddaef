import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createJsonCheck, type Verdict } from "../src/json-check.ts";

describe("a text", () => {
  test("that JSON.stringify has made is JSON", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 10 }), pieces, (text, piece) => {
        expect(checked(text, { piece })).toEqual({ code: "json" });
      }),
    );
  });

  test("is JSON where JSON.parse says so, and nowhere else, in pieces of any size", () => {
    fc.assert(
      fc.property(nearlyJson, pieces, (text, piece) => {
        expect(checked(text, { piece }).code).toBe(isParsed(text) ? "json" : "not_json");
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ["[1, 2", "it ends too early at line 1, column 6"],
    ['{"a', "it ends too early at line 1, column 4"],
    ["{a: 1}", "expected a property name in double quotes or } at line 1, column 2"],
    ['{"a": 1,}', "expected a property name in double quotes at line 1, column 9"],
    ['{"a" 1}', "expected : at line 1, column 6"],
    ['{\n "ö": [1,\n  é]}', "expected a value at line 3, column 3"],
    ["[1 2]", "expected , or ] at line 1, column 4"],
    ['{"a":1 "b":2}', "expected , or } at line 1, column 8"],
    ["01", "expected nothing more at line 1, column 2"],
    ["[1.]", "expected a digit at line 1, column 4"],
    ['["\t"]', "a control character that is not escaped at line 1, column 3"],
    [String.raw`["\x"]`, "an invalid escape at line 1, column 3"],
    ["\uFEFFnul", "expected a value at line 1, column 1"],
    [" \n ", "it is empty"],
  ])("says where it is wrong: %j", (text, reason) => {
    expect(checked(text)).toEqual({ code: "not_json", reason });
  });

  test.each([
    [3, "[[[]]]", "json"],
    [2, "[[[]]]", "too_deep"],
    [1, '{"a":{}}', "too_deep"],
    [1, "[{},[]]", "too_deep"],
    [1, "[1,[", "too_deep"],
    [0, "1", "json"],
  ])("may be nested %i levels: %s", (deepest, text, code) => {
    expect(checked(text, { deepest }).code).toBe(code);
  });
});

const pieces = fc.integer({ min: 1, max: 50 });

/** JSON with a character put in, taken out or exchanged, as often as not. */
const nearlyJson = fc
  .tuple(
    fc.json({ maxDepth: 4 }),
    fc.nat(),
    fc.constantFrom(0, 1),
    fc.constantFrom("", ...'[]{}",:\\ \n0-+.eEtfnu1é\0'),
  )
  .map(([text, place, removed, added]) => {
    const at = place % (text.length + 1);
    return Buffer.from(text.slice(0, at) + added + text.slice(at + removed)).toString();
  });

function checked(text: string, { piece = 10, deepest = 100 } = {}): Verdict {
  const check = createJsonCheck(Buffer.from(text), deepest);
  for (;;) {
    const verdict = check.proceed(piece);
    if (verdict) return verdict;
  }
}

function isParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
