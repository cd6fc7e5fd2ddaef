import { describe, expect, test } from "@jest/globals";
import { defaultConfig, parseConfig, type Provider } from "../src/index.ts";

describe("an entry that is a known service's id", () => {
  test("has everything that the catalog knows", () => {
    expect(providerOf("discord")).toEqual({
      id: "discord",
      name: "Discord",
      page: "https://discordstatus.com",
      format: "statuspage",
      guessed: false,
      everySeconds: 60,
      selections: {},
      tags: [],
    });
  });

  test.each([["Discord"], ["DISCORD"], ["https://discordstatus.com"], ["{ id: discord }"]])(
    "may be written as %s",
    (written) => {
      expect(providerOf(written)).toEqual(providerOf("discord"));
    },
  );

  test("keeps what the entry says otherwise", () => {
    expect(providerOf("{ id: discord, name: Chat, every: 5m, tags: [chat] }")).toMatchObject({
      id: "discord",
      name: "Chat",
      page: "https://discordstatus.com",
      everySeconds: 300,
      tags: ["chat"],
    });
  });

  test("is watched at the page that is known now, when it is given by a former one", () => {
    expect(providerOf("{ page: https://status.discordapp.com }").page).toBe("https://discordstatus.com");
  });

  test("is polled where its format is spoken, not where people read it", () => {
    expect(providerOf("gitlab").page).toBe("https://status.gitlab.com/pages/5b36dc6502d06804c08349f7");
  });
});

describe("an entry with a page of its own", () => {
  test("is named after its host", () => {
    expect(providerOf("{ page: https://status.acme.dev, format: statuspage }")).toMatchObject({
      id: "acme",
      name: "acme",
      page: "https://status.acme.dev",
      format: "statuspage",
      guessed: false,
    });
  });

  test("has a lower-case id", () => {
    expect(providerOf("{ id: Acme, page: https://status.acme.dev }").id).toBe("acme");
  });

  test("is not taken for the known service whose id it has", () => {
    expect(providerOf("{ id: linear, page: https://status.acme.dev }")).toMatchObject({
      name: "linear",
      page: "https://status.acme.dev",
    });
  });

  test("has a format to try first, and says so, when nobody knows how it talks", () => {
    expect(providerOf("https://status.acme.dev")).toMatchObject({ format: "statuspage", guessed: true });
  });

  test("may be a known service's page spoken to in another format", () => {
    expect(providerOf("{ page: https://status.discord.com, format: feed }")).toMatchObject({
      id: "discord",
      page: "https://status.discord.com",
      format: "feed",
    });
  });
});

describe("an interval", () => {
  test.each([
    ["90", 90],
    ['"90"', 90],
    ["90s", 90],
    ["2m", 120],
    ["1h", 3600],
  ])("of %s is %i seconds", (every, seconds) => {
    expect(providerOf(`{ id: discord, every: ${every} }`).everySeconds).toBe(seconds);
  });

  test("may be one second for a page on this machine", () => {
    const text =
      "outbound: { allowPrivate: [localhost] }\nproviders: [{ page: http://localhost:9000, every: 1s }]";
    expect(parseConfig(text, {}).providers[0]).toMatchObject({ id: "localhost", everySeconds: 1 });
  });
});

describe("a page that is not on the public Internet", () => {
  test.each([
    ["http://127.0.0.1:9000", "127.0.0.0/8", "127.0.0.1"],
    ["http://10.1.2.3", "10.0.0.0/8", "10.1.2.3"],
    ["http://100.64.0.9", "100.64.0.9", "100.64.0.9"],
    ["http://192.168.1.5:3001/status/home", "192.168.0.0/16", "192.168.1.5"],
    ["http://[fd00::1]", "fc00::/7", "fd001"],
    ["http://localhost:9000", "127.0.0.1", "localhost"],
    ["http://status.localhost", "::1", "localhost"],
    ["http://uptime-kuma:3001", "uptime-kuma", "uptime-kuma"],
    ["http://uptime-kuma:3001", "172.16.0.0/12", "uptime-kuma"],
    ["http://kuma.internal", "KUMA.internal", "kuma"],
  ])("(%s) may be watched once %s is allowed", (page, allowed, id) => {
    const text = `providers: ["${page}"]\noutbound: { allowPrivate: ["${allowed}"] }`;
    expect(parseConfig(text, {}).providers[0]).toMatchObject({ id, page });
  });

  test("may be watched once all are allowed", () => {
    const text = "providers: [http://10.1.2.3]\noutbound: { allowPrivate: true }";
    expect(parseConfig(text, {})).toMatchObject({ outbound: { allowPrivate: true } });
  });
});

describe("a file that does not say what to watch", () => {
  test.each([[""], ["# nothing\n"], ["outbound: {}"]])("(%j) watches the default providers", (text) => {
    expect(parseConfig(text, {})).toEqual(defaultConfig);
  });

  test("but has an empty list watches nothing", () => {
    expect(parseConfig("providers: []", {}).providers).toEqual([]);
  });
});

describe("the default configuration", () => {
  test("is what a file with the three ids would say", () => {
    const { providers } = parseConfig("providers: [openai, discord, apple]", {});
    expect(providers).toEqual(defaultConfig.providers);
  });
});

describe("the environment", () => {
  test("fills in ${NAME}", () => {
    const { providers } = parseConfig("providers: [{ page: 'https://${HOST}/status' }]", {
      HOST: "status.acme.dev",
    });
    expect(providers[0]?.page).toBe("https://status.acme.dev/status");
  });

  test("is left alone by a doubled dollar", () => {
    expect(parseConfig("providers: [{ id: discord, name: '$${NAME}' }]", {}).providers[0]?.name).toBe("${NAME}");
  });
});

function providerOf(entry: string): Partial<Provider> {
  return parseConfig(`providers:\n  - ${entry}\n`, {}).providers[0] ?? {};
}
