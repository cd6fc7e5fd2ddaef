import { describe, expect, test } from "@jest/globals";
import { searchServices } from "../src/index.ts";

describe("searching", () => {
  test.each([
    ["an exact name", "stripe", "stripe"],
    ["an alias", "gcp", "google-cloud"],
    ["an API host", "api.stripe.com", "stripe"],
    ["a page's URL", "https://status.openai.com/history", "openai"],
    ["the beginning of a name", "cloudfl", "cloudflare"],
    ["a typo", "githb", "github"],
  ])("for %s puts the one that was meant first", (_what, text, id) => {
    expect(searchServices(text)[0]?.id).toBe(id);
  });

  test("for a word that several share gives them by how often they are mentioned", () => {
    const [first, ...others] = searchServices("google").map(({ id }) => id);
    expect(first).toBe("google-cloud");
    expect(others).toContain("google-workspace");
  });

  test("puts those that begin with it before those that only have it", () => {
    const ids = searchServices("box", 50).map(({ id }) => id);
    expect(ids.indexOf("box")).toBe(0);
    expect(ids.indexOf("magnus-box")).toBeLessThan(ids.indexOf("dropbox"));
  });

  test("finds words in any order", () => {
    expect(searchServices("teams microsoft").map(({ id }) => id)).toContain("microsoft-teams");
  });

  test("gives as many as asked for, each once", () => {
    const ids = searchServices("data", 25).map(({ id }) => id);
    expect(ids).toHaveLength(25);
    expect(new Set(ids).size).toBe(25);
    expect(searchServices("stripe").filter(({ id }) => id === "stripe")).toHaveLength(1);
  });

  test.each([[""], ["   "], ["qqqqqqqqqqqq"]])("for %j finds nothing", (text) => {
    expect(searchServices(text)).toEqual([]);
  });
});
