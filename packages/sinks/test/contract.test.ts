import { afterAll, afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { FetchError } from "@statuswire/outbound";
import { asError, PermanentError, RetryLaterError } from "@statuswire/status";
import { GoneError, type Kind, kinds, type Sink } from "../src/index.ts";
import { hostile, opened, story } from "./events.ts";
import { places } from "./places.ts";
import { closeOutbound, dependencies, receiver, type Reply } from "./world.ts";

afterAll(closeOutbound);

describe.each(Object.entries(places))("%s", (_name, { kind, options, answer, busy, secrets }) => {
  let place: Awaited<ReturnType<typeof receiver>>;
  let next: Reply | undefined;
  let sink: Sink;

  beforeEach(async () => {
    next = undefined;
    place = await receiver((received) => next ?? answer(received));
    sink = sinkAt(place.url);
  });

  afterEach(() => place.close());

  test("takes the whole story", async () => {
    for (const event of Object.values(story)) await sink.deliver(event);
    // What only goes on is for places that keep a message up to date.
    expect(place.received.length).toBeGreaterThanOrEqual(Object.keys(story).length - 1);
  });

  test("gets a link to the incident's page on the dashboard", async () => {
    await sink.deliver(opened);
    expect(place.received.map(({ body }) => body).join("\n")).toContain(
      `https://status.acme.dev/incidents/discord%3A${opened.incident?.id ?? ""}`,
    );
  });

  test("takes very long and hostile words", async () => {
    await expect(sink.deliver(hostile)).resolves.toBeUndefined();
  });

  test("takes the same event twice", async () => {
    await sink.deliver(opened);
    await expect(sink.deliver(opened)).resolves.toBeUndefined();
  });

  test.each([400, 401, 403, 404, 405, 413, 415, 422])("gives up on a %d", async (status) => {
    next = { status, body: "no" };
    expect(await failure()).toBeInstanceOf(PermanentError);
  });

  test("says so when the place is gone for good", async () => {
    next = { status: 410 };
    expect(await failure()).toBeInstanceOf(GoneError);
  });

  test("waits as long as a busy place asks, in its own way", async () => {
    next = busy;
    expect(await failure()).toMatchObject({ name: "RetryLaterError", delayMs: busy.waitMs });
  });

  test("waits as long as a 503 asks", async () => {
    next = { status: 503, headers: { "retry-after": "120" } };
    expect(await failure()).toMatchObject({ name: "RetryLaterError", delayMs: 120_000 });
  });

  test.each([302, 307, 408, 425, 500, 502, 503, 504])("is tried again after a %d", async (status) => {
    next = { status, headers: status < 400 ? { location: `${place.url}/elsewhere` } : {} };
    const error = await failure();
    expect([error instanceof PermanentError, error instanceof RetryLaterError]).toEqual([false, false]);
    expect(place.received).toHaveLength(1);
  });

  test("is tried again when nobody answers", async () => {
    await place.close();
    expect(await failure()).toBeInstanceOf(FetchError);
    place = await receiver(answer);
  });

  test.each([302, 400, 403, 404, 410, 413, 429, 500])("tells of a %d without its secrets", async (status) => {
    next = { status, body: secrets.join(" "), headers: { location: secrets.join("") } };
    const { message, stack = "", cause } = await failure();
    for (const secret of secrets) expect([message, stack, String(cause)].join(" ")).not.toContain(secret);
  });

  function sinkAt(url: string): Sink {
    const definition: Kind = kinds[kind];
    return definition.create(options(url), dependencies());
  }

  async function failure(): Promise<Error> {
    return sink.deliver(opened).then(
      () => new Error("It was delivered."),
      (error: unknown) => asError(error),
    );
  }
});
