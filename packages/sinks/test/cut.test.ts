import { describe, expect, test } from "@jest/globals";
import { bytes, codePoints, cut, utf16Units } from "../src/cut.ts";
import { html } from "../src/escape.ts";

describe("a text that is too long", () => {
  test("ends between words", () => {
    expect(cut("The quick brown fox jumps over the lazy dog", 22)).toBe("The quick brown fox…");
  });

  test("ends within a word that would cost too much", () => {
    expect(cut(`so ${"a".repeat(50)}`, 20)).toBe(`so ${"a".repeat(16)}…`);
  });

  test.each([
    ["code points", codePoints],
    ["UTF-16 units", utf16Units],
    ["bytes", bytes],
  ])("fits, counted in %s, and breaks no character", (_unit, measure) => {
    for (let limit = 0; limit < 30; limit++) {
      const text = cut("🦄🦄🦄 ünï 🦄🦄🦄🦄 漢字漢字", limit, measure);
      expect(measure(text)).toBeLessThanOrEqual(limit);
      expect(Buffer.from(text).toString()).toBe(text);
    }
  });

  test("fits as what it becomes", () => {
    const text = cut("<<<<<<<<<<", 20, (part) => html(part).length);
    expect(html(text)).toBe("&lt;&lt;&lt;&lt;…");
  });
});

describe("a text that fits", () => {
  test("stays as it is", () => {
    expect(cut("🦄🦄🦄", 3)).toBe("🦄🦄🦄");
  });
});
