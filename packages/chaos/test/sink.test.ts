import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { randomFrom } from "../src/rig/random.ts";
import { openSink, type Sink } from "../src/soak/sink.ts";

let sink: Sink;

beforeEach(async () => {
  // Its mood is the best there is.
  sink = await openSink({ ...randomFrom(1), next: () => 0.99 });
});
afterEach(() => sink.close());

describe("the soak's sink", () => {
  test("takes what it is told", async () => {
    await post("1-0");
    expect([...sink.taken]).toEqual([["1-0", 1]]);
  });

  test("takes nothing from who has hung up before it came to reading", async () => {
    const socket = connect(Number(new URL(sink.url).port));
    await once(socket, "connect");
    socket.end(raw("1-0"));
    const closed = once(socket.resume(), "close");
    holdUp(50);
    await closed;
    await post("2-0");
    expect([...sink.taken.keys()]).toEqual(["2-0"]);
  });
});

async function post(seq: string): Promise<void> {
  const response = await fetch(sink.url, { method: "POST", body: JSON.stringify({ seq }) });
  expect(response.status).toBe(204);
}

function raw(seq: string): string {
  const body = JSON.stringify({ seq });
  return `POST / HTTP/1.1\r\nhost: sink\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

/** Computes for so long, as a collection of much memory does. */
function holdUp(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
