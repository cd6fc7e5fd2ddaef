import { describe, expect, test } from "@jest/globals";
import { run } from "./run.ts";

describe("wrong usage", () => {
  test.each([
    ["an unknown command", ["detct"], "Did you mean detect?"],
    ["an unknown option", ["status", "--jsn"], "Did you mean --json?"],
    ["a missing argument", ["add"], "See: npm run -s statuswire -- add --help"],
    ["a missing option", ["adapt"], "See: npm run -s statuswire -- adapt --help"],
    ["no number", ["search", "github", "-n", "many"], "Give a whole number from 1."],
    ["too much", ["dead-letters", "show", "a", "b"], "See: npm run -s statuswire -- dead-letters show --help"],
  ])("ends with 64 and says what would be right: %s", async (_what, args, help) => {
    const { out, err, exitCode } = await run(args);
    expect([out, exitCode]).toEqual(["", 64]);
    expect(err).toContain(help);
  });
});

describe("help", () => {
  test.each([["--help"], ["help"], ["status", "--help"], ["--version"]])(
    "is data, and no failure: %s %s",
    async (...args) => {
      const { out, err, exitCode } = await run(args);
      expect([out.length > 4, err, exitCode]).toEqual([true, "", 0]);
    },
  );

  test("lists every command under what it is for", async () => {
    const { out } = await run(["--help"]);
    expect(out.match(/^\S.*:$/gm)).toEqual([
      "Options:",
      "Look:",
      "Choose what to watch:",
      "Choose who is told:",
      "Run and mend:",
      "Understand formats:",
      "More:",
    ]);
  });
});

describe("colour", () => {
  test.each([
    ["is left out where nobody sees it", {}, false],
    ["is shown when it is asked for", { FORCE_COLOR: "1" }, true],
    ["is left out when it is not wanted, whatever else is asked for", { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ])("%s", async (_what, env, isShown) => {
    expect((await run(["search", "github"], env)).out.includes("\u001b[")).toBe(isShown);
  });
});
