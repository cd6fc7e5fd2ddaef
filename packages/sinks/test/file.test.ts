import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { kinds, type Sink } from "../src/index.ts";
import { hostile, opened } from "./events.ts";
import { asDelivered, dependencies } from "./world.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "statuswire-file-"));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a file of events", () => {
  test("has one JSON object a line, whatever the event holds", async () => {
    const sink = sinkWith({});
    await sink.deliver(opened);
    await sink.deliver(hostile);
    expect(await linesOf("events.jsonl")).toEqual([opened, hostile].map(asDelivered));
  });

  test("is put aside before it grows too large, and the oldest forgotten", async () => {
    const sink = sinkWith({ maxBytes: 1024, keep: 2 });
    for (const id of ["1", "2", "3", "4"]) await sink.deliver({ ...opened, id });
    expect((await readdir(folder)).toSorted()).toEqual(["events.jsonl", "events.jsonl.1", "events.jsonl.2"]);
    expect(await idsOf("events.jsonl", "events.jsonl.1", "events.jsonl.2")).toEqual(["4", "3", "2"]);
  });

  test("is begun anew when none is to be kept", async () => {
    const sink = sinkWith({ maxBytes: 1024, keep: 0 });
    for (const id of ["1", "2"]) await sink.deliver({ ...opened, id });
    expect(await readdir(folder)).toEqual(["events.jsonl"]);
    expect(await idsOf("events.jsonl")).toEqual(["2"]);
  });

  test("is put aside in order when many events come at once, and loses none", async () => {
    const sink = sinkWith({ maxBytes: 1024, keep: 50 });
    await sink.deliver({ ...opened, id: "first" });
    const ids = Array.from({ length: 40 }, (_, index) => String(index));
    await Promise.all(ids.map((id) => sink.deliver({ ...opened, id })));
    expect(await readdir(folder)).toHaveLength(41);
    expect((await idsOf(...(await readdir(folder)))).toSorted()).toEqual([...ids, "first"].toSorted());
  });

  test("whose folder is not there is tried again", async () => {
    const sink = sinkWith({ path: join(folder, "missing", "events.jsonl") });
    await expect(sink.deliver(opened)).rejects.toMatchObject({ code: "ENOENT" });
  });
});

type Options = Parameters<typeof kinds.file.create>[0];

function sinkWith(more: Partial<Options>): Sink {
  const options = { path: join(folder, "events.jsonl"), maxBytes: 1_000_000, keep: 5, ...more };
  return kinds.file.create(options, dependencies());
}

async function linesOf(name: string): Promise<{ id: string }[]> {
  const lines = (await readFile(join(folder, name), "utf8")).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as { id: string }); // what was written is an event
}

async function idsOf(...names: string[]): Promise<string[]> {
  const lines = await Promise.all(names.map(linesOf));
  return lines.flat().map(({ id }) => id);
}
