import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { component, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;
let minute = 0;

beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  window = await openTestWindow(server);
  await turn("acme");
});
afterEach(() => window.close());

describe("the stream", () => {
  test("tells what happens from now on", async () => {
    const stream = await watch();
    const seqs = [await turn("acme"), await turn("acme")];
    expect(await stream.seqs(2)).toEqual(seqs);
  });

  test("goes on after the last event that its watcher has heard, without a gap or a repeat", async () => {
    const seqs = [await turn("acme"), await turn("acme"), await turn("acme")];
    const stream = await watch("", { "Last-Event-ID": seqs[0] ?? "" });
    const later = await turn("acme");
    expect(await stream.seqs(3)).toEqual([...seqs.slice(1), later]);
  });

  test("leaves nothing out and repeats nothing while much happens during catching up", async () => {
    const early = await turns(300);
    const stream = await watch(`?after=${early[0] ?? ""}`);
    const late = await turns(300);
    expect(await stream.seqs(599)).toEqual([...early.slice(1), ...late]);
  });

  test("is filtered as the log is", async () => {
    const stream = await watch("?provider=other");
    await turn("acme");
    const seq = await turn("other");
    await turn("other");
    expect((await stream.seqs(2))[0]).toBe(seq);
  });

  test("survives Redis going away and coming back", async () => {
    const stream = await watch();
    await turn("acme");
    await server.connect().call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    const seq = await waitUntil("the log to be written again", () => turn("acme"));
    expect(await stream.seqs(2)).toContain(seq);
  });

  test("refuses a place that is none", async () => {
    expect((await window.get("/api/v1/stream?after=latest")).status).toBe(400);
  });
});

interface Watching {
  /** The ids of the first so many events. */
  seqs(count: number): Promise<string[]>;
}

async function watch(query = "", headers: Record<string, string> = {}): Promise<Watching> {
  const answer = await window.get(`/api/v1/stream${query}`, headers);
  const seqs: string[] = [];
  void collect(answer, seqs);
  return {
    async seqs(count) {
      await waitUntil(`${count} events on the stream`, () => seqs.length >= count);
      return seqs;
    },
  };
}

async function collect({ body }: Response, seqs: string[]): Promise<void> {
  let text = "";
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const [, seq] = /^id: (.*)\ndata: /.exec(block) ?? [];
      if (seq !== undefined) seqs.push(seq);
    }
  }
}

/** Turns a provider's component from fine to broken or back; gives the event's place. */
async function turn(provider: string): Promise<string> {
  minute++;
  const at = new Date(Date.UTC(2025, 0, 1, 0, minute)).toISOString();
  const status = minute % 2 ? "major_outage" : "partial_outage";
  const events = await window.tell(provider, { at, components: [component("API", status, at)] });
  return events.at(-1)?.seq ?? "";
}

async function turns(count: number): Promise<string[]> {
  const seqs: string[] = [];
  while (seqs.length < count) seqs.push(await turn("acme"));
  return seqs;
}
