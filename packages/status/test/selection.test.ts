import { describe, expect, test } from "@jest/globals";
import { selects, type Selections } from "../src/index.ts";

const api = { id: "x1", name: "API – Chat", group: "Platform" };
const frankfurt = { id: "x2", name: "EC2 (eu-central-1)", group: "Europe" };

describe("without a selection", () => {
  test("every component is of interest", () => {
    expect(selects({}, api)).toBe(true);
  });
});

describe("a component is selected by", () => {
  test.each([
    ["its id", "x1"],
    ["its name", "API – Chat"],
    ["its name in other case", "api – chat"],
    ["a glob", "api*"],
    ["a glob of one character", "API ? Chat"],
  ])("%s", (_how, pattern) => {
    expect(selects(components([pattern]), api)).toBe(true);
    expect(selects(components([pattern]), frankfurt)).toBe(false);
  });

  test("nothing less than its whole name", () => {
    expect(selects(components(["API"]), api)).toBe(false);
  });

  test("its name letter by letter, whatever the letters", () => {
    const odd = { name: "What? [beta] (a+b)* $1 \\" };
    expect(selects(components([odd.name]), odd)).toBe(true);
    expect(selects(components(["[a-z]"]), { name: "b" })).toBe(false);
  });

  test("an accented name without its accents", () => {
    expect(selects(components(["sao paulo"]), { name: "São Paulo" })).toBe(true);
  });
});

describe("what is excluded", () => {
  test("is out even when it is included", () => {
    expect(selects({ components: { include: ["*"], exclude: ["api*"] } }, api)).toBe(false);
  });

  test("leaves everything else in when nothing is included", () => {
    expect(selects({ components: { include: [], exclude: ["api*"] } }, frankfurt)).toBe(true);
  });
});

describe("a group", () => {
  test("is selected by its name", () => {
    expect(selects({ groups: { include: ["europe"], exclude: [] } }, frankfurt)).toBe(true);
    expect(selects({ groups: { include: ["europe"], exclude: [] } }, api)).toBe(false);
  });

  test("is not what a component without one belongs to", () => {
    expect(selects({ groups: { include: ["*"], exclude: [] } }, { name: "Alone" })).toBe(false);
    expect(selects({ groups: { include: [], exclude: ["*"] } }, { name: "Alone" })).toBe(true);
  });
});

describe("a region", () => {
  test.each([["eu-central-1"], ["eu-*-1"], ["Europe"]])("is found as %s in the component's words", (region) => {
    expect(selects({ regions: { include: [region], exclude: [] } }, frankfurt)).toBe(true);
  });

  test.each([["eu-central"], ["central-1"], ["Eur"]])(
    "is not found as %s, which is but a part of a word",
    (region) => {
      expect(selects({ regions: { include: [region], exclude: [] } }, frankfurt)).toBe(false);
    },
  );
});

describe("several selections", () => {
  test("must all agree", () => {
    const both = { ...components(["EC2*"]), groups: { include: ["Europe"], exclude: [] } };
    expect(selects(both, frankfurt)).toBe(true);
    expect(selects(both, { ...frankfurt, group: "Asia" })).toBe(false);
  });
});

function components(include: string[]): Selections {
  return { components: { include, exclude: [] } };
}
