import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";

const folder = fileURLToPath(new URL("../dist/web/assets/", import.meta.url));
const builtTest = existsSync(folder) ? test : test.skip;

describe("the page's scripts", () => {
  builtTest("weigh less than 200 kB together, compressed", () => {
    expect(weightOf(scripts())).toBeLessThan(200_000);
  });

  builtTest("leave what draws plots out of what every page loads", () => {
    const [plots] = scripts().filter((file) => file.startsWith("draw-plot-"));
    expect(readFileSync(`${folder}${plots ?? ""}`, "utf8")).toContain("u-wrap");
    const others = scripts().filter((file) => file !== plots);
    expect(others.filter((file) => readFileSync(`${folder}${file}`, "utf8").includes("u-wrap"))).toEqual([]);
  });
});

function scripts(): string[] {
  return readdirSync(folder).filter((file) => file.endsWith(".js"));
}

function weightOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(`${folder}${file}`)).length, 0);
}
