import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { badgeStates } from "../src/feeds/badge.ts";

const folder = fileURLToPath(new URL("../web/", import.meta.url));
const tokens = [...read("styles/tokens.css").matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g)].map(
  ([, name = "", light = "", dark = ""]) => ({ name, light, dark }),
);
const grounds = tokens.filter(({ name }) => name === "page" || name === "card");
const fills = tokens.filter(({ name }) => name.endsWith("-fill") || name === "focus");
const texts = tokens.filter(
  (token) => !grounds.includes(token) && !fills.includes(token) && token.name !== "line",
);

describe("a colour of the page", () => {
  test.each(texts)("that writes ($name) has a contrast of 4.5 on page and card", (colour) => {
    expect(leastContrast(colour)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(fills)("that draws ($name) has a contrast of 3 on page and card", (colour) => {
    expect(leastContrast(colour)).toBeGreaterThanOrEqual(3);
  });

  test("stands among the tokens and nowhere else", () => {
    // What stands in queues.css are Bull Board's colours, not ours.
    const palettes = /\b(tokens|queues)\.css$/;
    const others = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (file) => /\.(css|tsx?)$/.test(file) && !palettes.test(file),
    );
    expect(others.filter((file) => /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)a?\(/i.test(read(file)))).toEqual([]);
  });
});

describe("a badge", () => {
  test.each(Object.entries(badgeStates))("that says %s can be read", (_state, { ground }) => {
    expect(contrast("#ffffff", ground)).toBeGreaterThanOrEqual(4.5);
  });
});

interface Token {
  name: string;
  light: string;
  dark: string;
}

function leastContrast({ light, dark }: Token): number {
  return Math.min(...grounds.flatMap((ground) => [contrast(light, ground.light), contrast(dark, ground.dark)]));
}

// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function read(file: string): string {
  return readFileSync(`${folder}${file}`, "utf8");
}
