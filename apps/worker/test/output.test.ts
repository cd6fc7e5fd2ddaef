import { Writable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { waitUntil } from "@statuswire/testing";
import { createOutput } from "../src/output.ts";

describe("our output", () => {
  test("is out at once where the system takes all there is", () => {
    const stream = new Writable({ write: (_chunk, _encoding, done) => done() });
    expect(createOutput(stream)("one")).toBeUndefined();
  });

  test("has a text when the system has taken it, and not before", async () => {
    const { stream, taken, take } = pipe();
    let isOut = false;
    const writing = createOutput(stream)("one")?.then(() => void (isOut = true));
    await waitUntil("it to be under way", () => stream.writableLength > 0);
    expect(isOut).toBe(false);
    take();
    await writing;
    expect(taken).toEqual(["one"]);
  });

  test("says that nobody reads it, and keeps one text at most for whoever will", async () => {
    const { stream, taken, take } = pipe();
    const write = createOutput(stream, 50);
    for (const text of ["one", "two", "three"]) await expect(write(text)).rejects.toThrow("Nobody has read");
    take();
    await write("four")?.catch(() => undefined);
    take();
    expect(taken).toEqual(["one", "four"]);
  });

  test("says why it could not be written", async () => {
    const { stream, taken, take } = pipe();
    const write = createOutput(stream);
    const refused = write("one");
    await waitUntil("it to be under way", () => stream.writableLength > 0);
    take(new Error("no space"));
    await expect(refused).rejects.toThrow("no space");
    expect(taken).toEqual([]);
  });
});

/** A stream that takes a text when it is told to. */
function pipe() {
  const taken: string[] = [];
  let take: (error?: Error) => void = () => undefined;
  const stream = new Writable({
    autoDestroy: false,
    write(chunk: Buffer, _encoding, done) {
      take = (error) => {
        if (!error) taken.push(String(chunk));
        done(error);
      };
    },
  });
  stream.on("error", () => undefined);
  return { stream, taken, take: (error?: Error) => take(error) };
}
