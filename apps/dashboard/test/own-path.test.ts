import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ownPath } from "../src/access/own-path.ts";

const ours = "https://status.acme.test";

describe("a path to go on to", () => {
  test.each([
    "/",
    "/events?q=login",
    "/incidents/acme:one",
    "/a//b",
    "/%2f/evil.example",
    "/?next=//evil.example",
  ])("is kept when it is ours: %s", (path) => {
    expect(ownPath(path)).toBe(path);
  });

  test.each([
    "/.//evil.example",
    "/..//evil.example",
    "/%2e//evil.example",
    "/%2E%2e//evil.example",
    "/a/..//evil.example",
    "/./\\evil.example",
    "/.\\/evil.example",
    "/\t/evil.example",
    "/.\n//evil.example",
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "",
  ])("is the first page when it leads elsewhere: %j", (path) => {
    expect(ownPath(path)).toBe("/");
  });

  test("never leads to another origin, whatever it is made of", () => {
    fc.assert(
      fc.property(hostilePath, (path) => {
        const led = ownPath(path);
        expect(led).toMatch(/^\//);
        expect(new URL(led, `${ours}/login`).origin).toBe(ours);
        expect(ownPath(led)).toBe(led);
      }),
      { numRuns: 20_000 },
    );
  });
});

const piece = fc.oneof(
  fc.constantFrom("/", "\\", ".", "..", "%2e", "%2E", "%2f", "%5c", "\t", "\n", "\r", " ", "?", "#", "@", ":"),
  fc.constantFrom("evil.example", "http:", "javascript:", "a", "\u0000", "\u3002", "\uFF0F", "[::1]"),
  fc.string({ unit: "grapheme", maxLength: 4 }),
);
const hostilePath = fc.array(piece, { maxLength: 10 }).map((pieces) => `/${pieces.join("")}`);
