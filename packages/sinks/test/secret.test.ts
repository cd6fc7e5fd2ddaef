import { inspect } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { Secret } from "../src/index.ts";

const secret = new Secret("hunter2");

describe("a secret", () => {
  test("is revealed to who asks for it", () => {
    expect(secret.reveal()).toBe("hunter2");
  });

  test.each([
    ["as text", () => `${secret}`],
    ["as JSON", () => JSON.stringify({ secret })],
    ["in a log", () => inspect({ secret }, { showHidden: true, depth: 9 })],
    ["by its keys", () => JSON.stringify(Object.entries(secret))],
  ])("is not shown %s", (_how, show) => {
    expect(show()).not.toContain("hunter2");
  });
});
