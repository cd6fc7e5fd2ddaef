import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { occurs } from "../src/glob.ts";
import { fold, matches } from "../src/index.ts";

// Few letters, so that they meet; a letter beyond the basic plane, an accent, and what a regular expression would read as its own.
const letters = ["a", "b", "-", " ", ".", "(", "[", "\\", "é", "\u{1f4a5}"];
const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 12 });
const glob = fc.string({ unit: fc.constantFrom(...letters, "*", "?"), maxLength: 6 });

describe("a glob", () => {
  test("matches what a regular expression with the same meaning does, as a whole", () => {
    fc.assert(
      fc.property(glob, text, (pattern, name) => {
        expect(matches(pattern, [name])).toBe(new RegExp(`^${slow(pattern)}$`, "u").test(fold(name)));
      }),
      { numRuns: 5000 },
    );
  });

  test("occurs where a regular expression with the same meaning does, as whole words", () => {
    const word = (pattern: string) => new RegExp(`(?<![\\p{L}\\p{N}-])${slow(pattern)}(?![\\p{L}\\p{N}-])`, "u");
    fc.assert(
      fc.property(
        glob.filter((one) => fold(one) !== ""),
        text,
        (pattern, name) => {
          expect(occurs(pattern, [name])).toBe(word(pattern).test(fold(name)));
        },
      ),
      { numRuns: 5000 },
    );
  });

  test("of many stars is decided about a long name that nearly fits", () => {
    const name = "a".repeat(100_000);
    expect([matches("*a*a*a*a*a*a*a*a*b", [name]), matches("*a*a*a*a*a*a*a*a*", [name])]).toEqual([false, true]);
    expect([occurs("*a*a*a*a*a*a*a*a*b", [name]), occurs("a*a*a*a*a*a*a*a*a", [name])]).toEqual([false, true]);
  });

  test("is decided about long names, however many stars it has", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 2000, maxLength: 20_000 });
    const stars = fc.array(fc.constantFrom("a", "b", "?", "ab", "aa"), { minLength: 4, maxLength: 60 });
    fc.assert(
      fc.property(stars, name, (pieces, said) => {
        const pattern = `*${pieces.join("*")}*c`;
        expect([matches(pattern, [said]), matches(pattern, [`${said}c`])]).toEqual([
          false,
          matches(pattern.slice(0, -1), [said]),
        ]);
      }),
      { numRuns: 50 },
    );
  });

  test("matches one of several names, of which some may be unknown", () => {
    expect(matches("b*", [undefined, "api", "Billing"])).toBe(true);
    expect(matches("b*", [undefined])).toBe(false);
  });
});

/** The glob as a regular expression, which is right, but slow where there are many stars. */
function slow(pattern: string): string {
  return fold(pattern)
    .replace(/[\\^$.+()[\]{}|/]/g, String.raw`\$&`)
    .replace(/\*+/g, ".*")
    .replaceAll("?", ".");
}
