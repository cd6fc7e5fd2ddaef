import { describe, expect, test } from "@jest/globals";
import { knownAs } from "../src/known-as.ts";

describe("a text", () => {
  test.each([
    ["an id", "github"],
    ["a name, in any case", "GitHub"],
    ["a domain", "github.com"],
    ["a site", "https://www.github.com/"],
    ["a status page", "https://www.githubstatus.com"],
    ["a part of a status page", "https://www.githubstatus.com/history"],
  ])("that is %s means the known service", (_what, text) => {
    expect(knownAs(text)?.id).toBe("github");
  });

  test.each([
    ["a host below a known domain", "https://status.build.github.com"],
    ["a page of a known site", "https://github.com/acme/status"],
    ["a page that nobody knows", "https://status.acme.dev"],
    ["a typo", "githb"],
  ])("that is %s means none", (_what, text) => {
    expect(knownAs(text)).toBeUndefined();
  });
});
