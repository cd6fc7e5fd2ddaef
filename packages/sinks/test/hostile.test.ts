import { afterAll, describe, expect, test } from "@jest/globals";
import { type Kind, kinds } from "../src/index.ts";
import { hostile } from "./events.ts";
import { places } from "./places.ts";
import { closeOutbound, dependencies, receiver } from "./world.ts";

/** What each place would act on, in the texts that it reads for it, once what is ours is taken out. */
const live: Readonly<Record<string, { ours: RegExp; acted: RegExp; texts(sent: Sent): string[] }>> = {
  "slack webhook": {
    ours: /<!here> |<https:[^<>|]*\|(Status page|Timeline)>/g,
    acted: /[<>]/,
    texts: (sent) => [...sent.texts("mrkdwn"), ...sent.values("text").slice(0, 1)],
  },
  discord: {
    ours: /<@&7>|\]\(https:[^()\s]*\)/g,
    acted: /@(everyone|here)|<[@#:/t]|(?<!\\)\]\(|(?<!\\)\|\||(?<!\\)`/,
    texts: (sent) => [...sent.values("content"), ...sent.values("title"), ...sent.values("description")],
  },
  mattermost: {
    ours: /\]\(https:[^()\s]*\)/g,
    acted: /@(everyone|here|all|channel)|(?<!\\)\]\(|<!|(?<!\\)`/,
    texts: (sent) => sent.within("attachments").values("text"),
  },
  rocketchat: {
    ours: /\]\(https:[^()\s]*\)/g,
    acted: /@(everyone|here|all|channel)|\]\(|<!|<https|``/,
    texts: (sent) => sent.within("attachments").values("text"),
  },
  "google chat": {
    ours: /$^/g,
    acted: /<(users|https|b|script|a)/,
    texts: (sent) => [...sent.values("text"), ...sent.values("fallbackText")],
  },
  telegram: {
    ours: /<\/?b>|<a href="https:[^<>"]*">|<\/a>/g,
    acted: /[<>]|&(?!(amp|lt|gt|quot);)/,
    texts: (sent) => sent.values("text"),
  },
  teams: {
    ours: /$^/g,
    acted: /\{\{|\$\{|"TextBlock"/,
    texts: (sent) => [sent.json],
  },
};

afterAll(closeOutbound);

describe("a vendor's hostile words", () => {
  test.each(Object.entries(live))("do nothing in %s", async (name, { ours, acted, texts }) => {
    const sent = await sentTo(name);
    const read = texts(sent);
    expect(read.length).toBeGreaterThan(0);
    for (const text of read) expect(text.replace(ours, "")).not.toMatch(acted);
  });

  test.each(Object.keys(places).filter((name) => name !== "webhook"))(
    "bring no control characters and no addresses that act to %s",
    async (name) => {
      const { json } = await sentTo(name);
      expect(json).not.toMatch(/\\u00[01]|\\r|\u202e|javascript:/);
    },
  );

  test("mention nobody in Discord, whatever they hold", async () => {
    expect((await sentTo("discord")).json).toContain('"allowed_mentions":{"parse":[],"users":[],"roles":["7"]}');
  });
});

interface Sent {
  json: string;
  /** All texts under a name, wherever they stand. */
  values(name: string): string[];
  /** All texts that are said to be of a type. */
  texts(type: string): string[];
  within(name: string): Sent;
}

async function sentTo(name: string): Promise<Sent> {
  const { kind, options, answer } = places[name] as NonNullable<(typeof places)[string]>; // by its own name
  const place = await receiver(answer);
  const definition: Kind = kinds[kind];
  await definition.create(options(place.url), dependencies()).deliver(hostile);
  await place.close();
  return look(JSON.parse(place.received[0]?.body ?? ""));
}

function look(value: unknown): Sent {
  const all = objects(value);
  const strings = (found: unknown[]) => found.filter((text) => typeof text === "string");
  return {
    json: JSON.stringify(value),
    values: (name) => strings(all.map((object) => object[name])),
    texts: (type) => strings(all.filter((object) => object["type"] === type).map((object) => object["text"])),
    within: (name) => look(all.find((object) => name in object)?.[name]),
  };
}

function objects(value: unknown): Record<string, unknown>[] {
  if (typeof value !== "object" || value === null) return [];
  const own: Record<string, unknown> = Array.isArray(value) ? {} : { ...value };
  return [own, ...Object.values(value).flatMap(objects)];
}
