import { Writable } from "node:stream";
import { describe, expect, test } from "@jest/globals";
import { waitUntil } from "@statuswire/testing";
import { createJournal, type JournalOptions } from "../src/index.ts";

describe("the log of a process, not on a terminal", () => {
  test("is one JSON object a line", async () => {
    const { tell, lines } = journal();
    tell("process.started", { url: "http://127.0.0.1:8000" });
    tell("process.stopped");
    expect((await lines(2)).map((text) => JSON.parse(text) as unknown)).toMatchObject([
      {
        level: "info",
        service: "ingest",
        happening: "process.started",
        message: "Listening.",
        url: "http://127.0.0.1:8000",
      },
      { happening: "process.stopped" },
    ]);
  });

  test("is one line also for what holds line breaks", async () => {
    const { tell, lines } = journal();
    tell("job.buried", { reason: 'a\n{"level":"error"}\r\nb\u2028c' });
    expect(await lines(1)).toHaveLength(1);
  });

  test("tells an error's name, message and code, and no stack", async () => {
    const { tell, lines } = journal();
    tell("redis.lost", { error: Object.assign(new Error("connect refused"), { code: "ECONNREFUSED" }) });
    const [line = ""] = await lines(1);
    expect(JSON.parse(line)).toMatchObject({ error: "Error: connect refused (ECONNREFUSED)" });
    expect(line).not.toContain("journal.test");
  });

  test("does not speak of a code where an error has none", async () => {
    const { tell, lines } = journal();
    tell("poll.failed", { error: Object.assign(new Error("acme.test is not there (404)."), { code: undefined }) });
    expect(JSON.parse((await lines(1))[0] ?? "")).toMatchObject({ error: "Error: acme.test is not there (404)." });
  });

  test("names an error's code once, also where its message names it", async () => {
    const { tell, lines } = journal();
    const message = "acme.test has no address; check the spelling of the host (ENOTFOUND).";
    tell("poll.failed", { error: Object.assign(new Error(message), { code: "ENOTFOUND" }) });
    const [line = ""] = await lines(1);
    expect(JSON.parse(line)).toMatchObject({ error: `Error: ${message}` });
  });

  test("leaves out what is below its level", async () => {
    const { tell, lines } = journal({ level: "warn" });
    tell("process.started");
    tell("process.gave_up");
    expect(await lines(1)).toHaveLength(1);
  });

  test("is not confused by fields that are called like its own", async () => {
    const { tell, lines } = journal();
    tell("process.started", { message: "x", level: "error", service: "y", happening: "z" });
    expect(JSON.parse((await lines(1))[0] ?? "")).toMatchObject({
      level: "info",
      message: "Listening.",
      service: "ingest",
      happening: "process.started",
    });
  });
});

describe("the log of a process, on a terminal", () => {
  test("is readable", async () => {
    const { tell, lines } = journal({ isTTY: true });
    tell("process.started", { url: "http://127.0.0.1:8000" });
    expect(plain((await lines(1))[0])).toMatch(
      /^\d\d:\d\d:\d\d info ingest: Listening\. url=http:\/\/127\.0\.0\.1:8000$/,
    );
  });

  test("is one line, whatever vendors and senders write", async () => {
    const { tell, lines } = journal({ isTTY: true });
    tell("job.buried", { reason: "a\nb\r\u001b[2Jc\u009b31md\u0085e", nested: { deep: "\n" } });
    const [line = ""] = await lines(1);
    expect(plain(line)).toMatch(/reason=a b \[2Jc 31md e nested=\{"deep":"\\n"\}$/);
  });
});

describe("a failure that repeats", () => {
  test("is told once in ten seconds, with a count of those held back", async () => {
    let now = 0;
    const { tell, lines } = journal({ now: () => now });
    for (const at of [0, 1, 9_999, 10_000, 10_001]) {
      now = at;
      tell("redis.lost", { error: new Error("refused") });
    }
    expect((await lines(2)).map((text) => JSON.parse(text) as unknown)).toMatchObject([{}, { repeated: 2 }]);
  });

  test("does not hold back another", async () => {
    const { tell, lines } = journal({ now: () => 0 });
    tell("queue.troubled", { error: new Error("refused") });
    tell("queue.troubled", { error: new Error("reset") });
    tell("request.failed", { error: new Error("refused") });
    expect(await lines(3)).toHaveLength(3);
  });

  test("is one with others that have the same cause", async () => {
    let now = 0;
    const { tell, lines } = journal({ now: () => now });
    tell("redis.refused", { error: new Error("OOM"), queue: "polls" });
    tell("redis.refused", { error: new Error("READONLY"), queue: "observations" });
    now = 10_000;
    tell("redis.refused", { error: new Error("READONLY"), queue: "polls" });
    expect((await lines(2)).map((text) => JSON.parse(text) as unknown)).toMatchObject([{}, { repeated: 1 }]);
  });

  test("is always told when it is of a kind that does not come in floods", async () => {
    const { tell, lines } = journal({ now: () => 0 });
    tell("poll.failed", { provider: "acme" });
    tell("poll.failed", { provider: "acme" });
    expect(await lines(2)).toHaveLength(2);
  });
});

/** A journal, and the lines that it has written once there are so many. */
function journal({ isTTY = false, ...options }: Partial<JournalOptions> & { isTTY?: boolean } = {}) {
  let written = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString();
      done();
    },
  });
  return {
    tell: createJournal({ service: "ingest", stream: Object.assign(stream, { isTTY }), ...options }),
    async lines(count: number) {
      await waitUntil(`${count} lines`, () => written.split("\n").length > count);
      return written.split("\n").slice(0, -1);
    },
  };
}

function plain(line = ""): string {
  return line.replace(/\u001b\[\d+m/g, "");
}
