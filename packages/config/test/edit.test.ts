import { describe, expect, test } from "@jest/globals";
import { addProviders, ConfigError, parseConfig, removeProviders } from "../src/index.ts";

const file = `# ours
outbound:   # where
  allowPrivate: [ 10.0.0.0/8 ]

providers:
  # paid for
  - openai   # the big one

  - { id: acme,   page: 'https://status.acme.dev' }
  - id: beta
    page: "https://beta.dev"   # theirs
# the end
`;

describe("adding a provider", () => {
  test("puts one line at the end of the list, and touches nothing else", () => {
    expect(addProviders(file, ["github"])).toBe(file.replace("# the end", "  - github\n# the end"));
  });

  test("puts several in the given order", () => {
    const entries = ["github", { page: "https://x.dev", format: "statuspage" }];
    expect(addProviders(file, entries)).toBe(
      file.replace("# the end", "  - github\n  - page: https://x.dev\n    format: statuspage\n# the end"),
    );
  });

  test.each([["openai"], ["OpenAI"], ["https://status.openai.com/"], [{ id: "ACME", page: "https://acme.dev" }]])(
    "that is already there (%j) changes nothing",
    (entry) => {
      expect(addProviders(file, [entry])).toBe(file);
    },
  );

  test("puts one that is given twice once", () => {
    expect(addProviders("providers: []", ["github", "GitHub"])).toBe("providers: [github]");
  });

  test("leaves it to the check to refuse what nobody knows", () => {
    expect(addProviders("providers: []", ["nobody-1", "nobody-2"])).toBe("providers: [nobody-1, nobody-2]");
  });

  test.each([
    ["no final newline", "providers:\n- openai", "providers:\n- openai\n- github\n"],
    ["a list in one line", "providers: [openai] # all\n", "providers: [openai, github] # all\n"],
    ["an empty list", "providers: []\n", "providers: [github]\n"],
    [
      "its defaults only",
      "outbound: {}\n",
      "outbound: {}\nproviders:\n  - openai\n  - discord\n  - apple\n  - github\n",
    ],
    ["nothing in it", "", "providers:\n  - openai\n  - discord\n  - apple\n  - github\n"],
    ["comments only", "# hi", "# hi\nproviders:\n  - openai\n  - discord\n  - apple\n  - github\n"],
  ])("works in a file with %s", (_what, before, after) => {
    expect(addProviders(before, ["github"])).toBe(after);
  });
});

describe("removing a provider", () => {
  test("takes its lines, and touches nothing else", () => {
    expect(removeProviders(file, ["beta"])).toBe(file.replace(/ {2}- id: beta\n.*\n/, ""));
  });

  test.each([["openai"], ["OpenAI"], ["ChatGPT"], ["https://status.openai.com"]])(
    "may be asked for as %s",
    (name) => {
      expect(removeProviders(file, [name])).toBe(file.replace("  - openai   # the big one\n", ""));
    },
  );

  test("that is not there changes nothing", () => {
    expect(removeProviders(file, ["github"])).toBe(file);
  });

  test("that nobody knows leaves another that nobody knows", () => {
    expect(removeProviders("providers: [nobody-1]", ["nobody-2"])).toBe("providers: [nobody-1]");
  });

  test.each([
    ["all of a list", "providers:\n  - openai\n  # why\n  - discord\nz: 1\n", "providers: []\n  # why\nz: 1\n"],
    ["one of a list in one line", "providers: [ apple, openai, discord, ]\n", "providers: [ apple, ]\n"],
    ["all of a list in one line", "providers: [openai, discord]\n", "providers: []\n"],
    ["two of the defaults", "", "providers:\n  - apple\n"],
  ])("works for %s", (_what, before, after) => {
    expect(removeProviders(before, ["discord", "openai"])).toBe(after);
  });
});

describe("whatever is edited", () => {
  test("can be read again, and undone", () => {
    const added = addProviders(file, ["github", "stripe"]);
    expect(parseConfig(added, {}).providers.map(({ id }) => id)).toEqual([
      "openai",
      "acme",
      "beta",
      "github",
      "stripe",
    ]);
    expect(removeProviders(added, ["github", "stripe"])).toBe(file);
  });

  test.each([["providers: 5"], ["providers: [a"], ["{ outbound: {} }"], ["- openai"]])(
    "must have a list that can be edited, unlike %s",
    (text) => {
      expect(() => addProviders(text, ["github"])).toThrow(ConfigError);
      expect(() => removeProviders(text, ["github"])).toThrow(ConfigError);
    },
  );
});
