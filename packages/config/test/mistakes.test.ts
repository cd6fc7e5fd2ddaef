import { describe, expect, test } from "@jest/globals";
import { ConfigError, parseConfig, type Problem } from "../src/index.ts";

describe("a file with many mistakes", () => {
  const text = `
provders: []
outbound:
  allowPrivate: [10.0.0.0/33]
providers:
  - opnai
  - { id: acme, formt: statuspage }
  - { id: beta, page: https://beta.dev, format: statuspag }
  - { id: beta, page: "https://\${HOST}", every: 5x }
  - discord
  - { page: https://discordstatus.com, every: 3 }
  - 5
`;

  test("has all of them named at once, in order, where they are", () => {
    expect(problemsOf(text).map(({ line, column, path }) => `${line}:${column} ${path}`)).toEqual([
      "2:1 provders",
      "4:18 outbound.allowPrivate[0]",
      "6:5 providers[0]",
      "7:11 providers[1].id",
      "7:17 providers[1].formt",
      "8:49 providers[2].format",
      "9:11 providers[3].id",
      "9:23 providers[3].page",
      "9:49 providers[3].every",
      "11:5 providers[5].id",
      "11:47 providers[5].every",
      "12:5 providers[6]",
    ]);
  });

  test("is refused with one line for each", () => {
    expect(errorOf(text, "my.yaml").message.split("\n")[0]).toBe(
      'my.yaml:2:1: "provders" is not a key here. Did you mean "providers"?',
    );
    expect(errorOf(text, "my.yaml").message.split("\n")).toHaveLength(12);
  });
});

describe("a mistake beside another", () => {
  test.each([
    ["in the same provider", "providers: [{ id: opnai, every: 5x }]", ["providers[0].id", "providers[0].every"]],
    [
      "in a provider that is there twice",
      "providers: [{ id: discord, every: 5x }, { id: discord, tags: prod }]",
      ["providers[0].every", "providers[1].id", "providers[1].tags"],
    ],
    [
      "in the same rule",
      "{ sinks: {}, routes: [{ match: { provider: nobody, typ: x }, to: [nowhere, 5], throttle: soon }] }",
      [
        "routes[0].match.provider",
        "routes[0].match.typ",
        "routes[0].to[0]",
        "routes[0].to[1]",
        "routes[0].throttle",
      ],
    ],
    ["in a sink whose name is refused", 'sinks: { "a b": { kind: slak } }', ["sinks.a b", "sinks.a b.kind"]],
    ["in another part", "{ providers: [githb], insecure: perhaps }", ["providers[0]", "insecure"]],
  ])("is reported too: %s", (_where, text, paths) => {
    expect(problemsOf(text).map(({ path }) => path)).toEqual(paths);
  });

  test("is not made up of what could not be read", () => {
    expect(problemsOf("providers: [{ id: acme, page: nowhere }]").map(({ path }) => path)).toEqual([
      "providers[0].page",
    ]);
  });
});

describe("a wrong indent", () => {
  test("of an item is reported as that, at its line, and hides no other mistake", () => {
    const problems = problemsOf("providers:\n  - openai\n    - discord\n  - githb\n");
    expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual(["3:5", "4:5"]);
    expect(problems[0]?.message).toContain("This line is indented further than the item above");
    expect(problems[0]?.message).not.toContain("No known service");
  });

  test.each([
    ["a key below a text", "providers:\n  - discord\n    every: 60s\n"],
    ["a key too far to the right", "providers:\n  - id: discord\n     every: 60s\n"],
    ["a key too far to the left", "providers:\n  - id: discord\n  every: 60s\n"],
    ["an item too far to the left", "providers:\n  - discord\n - openai\n"],
    ["a tab", "providers:\n\t- discord\n"],
  ])("is reported once, with what to check: %s", (_what, text) => {
    expect(problemsOf(text)).toEqual([
      expect.objectContaining({ message: expect.stringContaining("Check the indent") }),
    ]);
  });

  test("that leaves a mapping empty is reported as that", () => {
    expect(problemsOf("sinks:\n  team:\n  kind: slack\n")[0]?.message).toContain('"team" is empty.');
  });
});

describe("a mistake", () => {
  test.each([
    ["key", "provider: []", "provider", "providers"],
    ["key of a provider", "providers: [{ pag: https://a.dev }]", "pag", "page"],
    ["key of a selection", "providers: [{ id: discord, groups: { exclud: [a] } }]", "exclud", "exclude"],
    ["known service", "providers: [discrod]", "discrod", "discord"],
    ["part of a known service's name", "providers: [morningstar]", "morningstar", "morningstar-product"],
    ["format", "providers: [{ id: discord, format: Statuspage }]", "Statuspage", "statuspage"],
  ])("in a %s is shown with the nearest right one", (_what, text, value, nearest) => {
    expect(problemsOf(text)).toEqual([
      expect.objectContaining({ value, nearest, message: expect.stringContaining(`Did you mean "${nearest}"?`) }),
    ]);
  });

  test("that resembles nothing gets the list of what there is", () => {
    expect(problemsOf("colour: red")[0]?.message).toBe(
      '"colour" is not a key here. There are: providers, sinks, routes, noise, outbound, publicUrl, insecure.',
    );
  });

  test.each([
    ["providers: discord", "This should be a list."],
    ["- discord", "This should be a mapping."],
    ["providers: [{ name: Acme }]", "A provider needs a known service's id, or a page."],
    ['providers: ["https://"]', "A page is a URL that begins with https://"],
    ["providers: [ftp://a.dev]", "No known service is called"],
    ["providers: [{ page: ftp://a.dev }]", "A page is a URL that begins with https://"],
    ["providers: [{ id: discord, every: 0 }]", "An interval is a number of seconds"],
    ["providers: [{ id: discord, every: 10s }]", "This page can be polled every 15 s at most"],
    ["providers: [{ id: discord, every: 2d }]", "An interval is a number of seconds"],
    ["providers: [{ id: discord, components: api }]", "Write a list of ids, names or globs"],
    ["providers: [{ id: discord, every: 25h }]", "and once a day at least"],
    ["providers: [{ page: http://10.0.0.7 }]", "Add it to outbound.allowPrivate"],
    ["providers: [http://uptime-kuma:3001]", "Add it to outbound.allowPrivate"],
    ["providers: [http://100.64.0.9]", "Add it to outbound.allowPrivate"],
    [
      "{ providers: [http://10.0.0.7], outbound: { allowPrivate: [11.0.0.0/8] } }",
      "Add it to outbound.allowPrivate",
    ],
    ["{ providers: [http://10.0.0.7], outbound: { allowPrivate: [::/0000] } }", "neither a host, an address nor"],
    ["{ providers: [http://10.0.0.7], outbound: { allowPrivate: perhaps } }", "Write true, false, or a list"],
    ["providers: [discord, Discord]", 'There is already a provider called "discord".'],
    ['providers: [{ id: discord, name: "${NAME}" }]', "The environment variable NAME is not set."],
    ['providers: [{ id: discord, every: "${NAME}" }]', "The environment variable NAME is not set."],
    ['providers: [{ id: discord, name: "${EMPTY}" }]', "The environment variable EMPTY is not set."],
  ])("such as %s says what to do", (text, message) => {
    expect(problemsOf(text)).toEqual([expect.objectContaining({ message: expect.stringContaining(message) })]);
  });
});

describe("a text that is not YAML", () => {
  test("is refused with the place", () => {
    expect(problemsOf("providers:\n  - [discord\n")).toMatchObject([{ line: 3, column: 1 }]);
  });

  test.each([
    ["a key twice", "providers: []\nproviders: []"],
    ["a tag nobody knows", "providers: [!secret discord]"],
    ["an alias of nothing", "providers: [*nobody]"],
    ["a bomb", bomb()],
  ])("or has %s is refused too", (_what, text) => {
    expect(problemsOf(text)).not.toHaveLength(0);
  });

  test("for a key twice is still read for other mistakes", () => {
    expect(problemsOf("outbound: {}\noutbound: {}\nproviders: [discrod]")).toHaveLength(2);
  });
});

describe("hostile keys", () => {
  test.each([["__proto__"], ["constructor"], ["toString"]])("such as %s are keys like any other", (key) => {
    expect(problemsOf(`${key}: { allowPrivate: true }`)).toMatchObject([{ value: key }]);
    expect(problemsOf(`providers: [${key}]`)).toMatchObject([{ value: key }]);
    expect(problemsOf(`providers: [{ id: discord, name: "\${${key}}" }]`)).toHaveLength(1);
  });
});

describe("a message", () => {
  test("says nothing to the terminal but text", () => {
    const { message } = errorOf(String.raw`providers: ["\e[2Jred", "two\nlines"]`);
    expect(message).toMatch(/^[^\p{Cc}]+\n[^\p{Cc}]+$/u);
  });
});

describe("a secret", () => {
  test("from the environment is in no message", () => {
    const error = errorOf('providers: [{ page: "${PAGE}" }]', "f", { PAGE: "ftp://token@a.dev" });
    expect(error.message + JSON.stringify(error.problems)).not.toContain("token");
  });

  test.each([["{ page: https://me:token@a.dev }"], ["https://me:token@a.dev"]])(
    "in a page's URL (%s) is refused, and not repeated",
    (entry) => {
      const error = errorOf(`providers: [${entry}]`);
      expect(error.message).toContain("must not carry a user or password");
      expect(error.message + JSON.stringify(error.problems)).not.toContain("token");
    },
  );
});

function problemsOf(text: string): readonly Problem[] {
  return errorOf(text).problems;
}

function errorOf(text: string, file?: string, env: Record<string, string> = { EMPTY: "" }): ConfigError {
  try {
    parseConfig(text, env, file);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error("The file was accepted.");
}

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_level, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`);
  return `a0: &a0 [x]\n${levels.join("\n")}\nproviders: *a9`;
}
