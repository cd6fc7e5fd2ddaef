import { describe, expect, test } from "@jest/globals";
import { path } from "../src/path.ts";

const payload = {
  page: { name: "Acme", "current state": "up" },
  services: [{ name: "api" }, { name: "web" }],
  regions: { eu: { state: "down" }, us: { state: "up" } },
};

describe("a path", () => {
  test.each([
    ["$", [payload]],
    ["page.name", ["Acme"]],
    ["$.page.name", ["Acme"]],
    ["services[1].name", ["web"]],
    ["services[*].name", ["api", "web"]],
    ["regions.*.state", ["down", "up"]],
    ["regions.*.~", ["eu", "us"]],
    ['page["current state"]', ["up"]],
    ["page.current state", ["up"]],
    ["nowhere.at.all", []],
    ["page.constructor", []],
    ["services.length", []],
  ])("%s finds what is there", (text, found) => {
    expect(valuesAt(text)).toEqual(found);
  });

  test.each(["a..b", "a.", "[x]", "a[?(@.b)]", "a['b']", "(1+1)", "$$", "a[-1]"])("%s is none", (text) => {
    expect(() => path(text)).toThrow(SyntaxError);
  });
});

function valuesAt(text: string): unknown[] {
  return path(text)({ key: "$", value: payload }).map(({ value }) => value);
}
