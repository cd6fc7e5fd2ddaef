import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { ComponentStatus, Event } from "@statuswire/status";
import { type Kind, kinds, type Sink } from "../src/index.ts";
import { componentChanged, opened, resolved, updated, worse } from "./events.ts";
import { json, places } from "./places.ts";
import { closeOutbound, dependencies, freshMemory, type Received, receiver, type Reply } from "./world.ts";

const editors = [
  ["slack bot", { status: 200, body: { ok: false, error: "message_not_found" } }],
  ["discord", { status: 404, body: { code: 10_008, message: "Unknown Message" } }],
  ["telegram", { status: 400, body: { ok: false, error_code: 400, description: "message to edit not found" } }],
] as const;

const announcers = ["slack webhook", "mattermost", "rocketchat", "teams", "ntfy", "gotify"] as const;

afterAll(closeOutbound);

describe.each(editors)("%s, where messages are edited", (name, notThere) => {
  let place: Awaited<ReturnType<typeof receiver>>;
  let answerTo: (received: Received) => Reply | undefined;
  let sink: Sink;

  beforeEach(async () => {
    answerTo = () => undefined;
    const { kind, options, answer } = placeNamed(name);
    place = await receiver((received) => answerTo(received) ?? answer(received));
    const definition: Kind = kinds[kind];
    sink = definition.create(options(place.url), dependencies({ memory: freshMemory() }));
  });

  afterEach(() => place.close());

  test("hears of an incident in one message, which is edited", async () => {
    await tell(opened, updated);
    expect(place.received.filter(isEdit)).toHaveLength(1);
    expect(place.received.filter(isNew)).toHaveLength(1);
  });

  test.each([
    ["worse", worse],
    ["resolved", resolved],
  ])("is told anew of what is %s", async (_what, event) => {
    await tell(opened, event);
    expect(place.received.map((received) => isEdit(received))).toEqual([false, true, false]);
  });

  test("is told only once of the same event", async () => {
    await tell(opened, opened, opened);
    expect(place.received).toHaveLength(1);
  });

  test("is not told late of what a newer message already says", async () => {
    await tell(opened, resolved);
    const before = place.received.length;
    await tell(updated);
    expect(place.received).toHaveLength(before);
  });

  test("gets a new message when the old one was deleted", async () => {
    await tell(opened);
    answerTo = (received) => (isEdit(received) ? notThere : undefined);
    await tell(updated);
    expect(place.received.map(isEdit)).toEqual([false, true, false]);
  });

  test("gets a new message each time that a component breaks", async () => {
    const later = (seq: string, status: ComponentStatus, from: ComponentStatus): Event => ({
      ...componentChanged,
      seq,
      component: { id: "media", name: "Media Proxy", status, from },
    });
    await tell(later("1-0", "major_outage", "operational"), later("2-0", "operational", "major_outage"));
    const before = place.received.length;
    await tell(later("3-0", "major_outage", "operational"));
    expect(place.received.slice(before).map(isEdit)).toEqual([false]);
  });

  test("keeps the incidents of two providers apart", async () => {
    await tell(opened, { ...updated, provider: "another" });
    expect(place.received.filter(isEdit)).toEqual([]);
  });

  async function tell(...events: Event[]): Promise<void> {
    for (const event of events) await sink.deliver(event);
  }
});

describe("a Slack bot", () => {
  test.each(["channel_not_found", "invalid_auth", "is_archived"])(
    "gives up on %s, said with a 200",
    async (error) => {
      await expect(botAnswered({ ok: false, error })).rejects.toMatchObject({ name: "PermanentError" });
    },
  );

  test.each(["internal_error", "service_unavailable"])("is tried again after %s", async (error) => {
    await expect(botAnswered({ ok: false, error })).rejects.toMatchObject({ name: "Error" });
  });

  test("says nothing of an answer that is no word of Slack's", async () => {
    await expect(botAnswered({ ok: false, error: "xoxb-s3cr3t" })).rejects.toThrow(/with no reason/);
  });
});

describe("people", () => {
  test("are mentioned when something begins or gets worse, and not otherwise", async () => {
    const { kind, options, answer } = placeNamed("discord");
    const place = await receiver(answer);
    const definition: Kind = kinds[kind];
    const sink = definition.create(options(place.url), dependencies());
    for (const event of [opened, updated, worse, resolved]) await sink.deliver(event);
    await place.close();
    const mentioning = place.received.map(({ body }) => String(json(body)["content"] ?? "").includes("<@&7>"));
    expect(mentioning).toEqual([true, false, false, true, false, false]);
  });
});

async function botAnswered(body: object): Promise<void> {
  const place = await receiver(() => ({ status: 200, body }));
  try {
    await kinds.slack.create(placeNamed("slack bot").options(place.url) as never, dependencies()).deliver(opened);
  } finally {
    await place.close();
  }
}

describe.each(announcers)("%s, where nothing is edited", (name) => {
  let place: Awaited<ReturnType<typeof receiver>>;
  let sink: Sink;

  beforeEach(async () => {
    const { kind, options, answer } = placeNamed(name);
    place = await receiver(answer);
    const definition: Kind = kinds[kind];
    sink = definition.create(options(place.url), dependencies({ memory: freshMemory() }));
  });

  afterEach(() => place.close());

  test.each<[string, number, Event[]]>([
    ["hears of what begins, gets worse and ends", 3, [opened, worse, resolved]],
    ["does not hear of what only goes on", 1, [opened, updated]],
    ["hears once of what it never heard begin", 1, [updated]],
    ["hears once of the same event", 1, [opened, opened]],
  ])("%s", async (_what, count, events) => {
    for (const event of events) await sink.deliver(event);
    expect(place.received).toHaveLength(count);
  });
});

function placeNamed(name: string) {
  const place = places[name];
  if (!place) throw new Error(`There is no place called ${name}.`);
  return place;
}

function isEdit({ method, path }: Received): boolean {
  return method === "PATCH" || /chat\.update|editMessageText/.test(path);
}

function isNew(received: Received): boolean {
  return !isEdit(received) && json(received.body)["thread_ts"] === undefined;
}
