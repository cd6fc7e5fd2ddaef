import { afterEach, describe, expect, test } from "@jest/globals";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { waitUntil } from "@statuswire/testing";
import { type Door, openDoor } from "./door.ts";

let door: Door;

afterEach(() => door.close());

describe("a body of exactly 1 MiB", () => {
  test("is accepted", async () => {
    door = await openDoor();
    expect((await door.post("openai", `"${"7".repeat(1024 * 1024 - 2)}"`)).status).toBe(202);
  });
});

describe("bodies that together are more than may be held", () => {
  test("are asked to come again, and those after them are taken", async () => {
    door = await openDoor({ INGEST_MAX_BUFFERED_BYTES: "100000" });
    const held = hold(door, 80_000);
    const refused = await waitUntil("what is held to be in the way", () => answered(503));
    expect(refused.headers.has("retry-after")).toBe(true);
    held.destroy();
    await waitUntil("what was held to be free", () => answered(202));
  });

  test("count as large as they may become, when they are packed", async () => {
    door = await openDoor({ INGEST_MAX_BUFFERED_BYTES: "100000" });
    const { status } = await door.post("openai", gzipSync("{}"), { "content-encoding": "gzip" });
    expect(status).toBe(503);
  });
});

describe("more webhooks at once than may be in flight", () => {
  test("are asked to come again", async () => {
    door = await openDoor({ INGEST_MAX_IN_FLIGHT: "1" });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => door.post("openai", String(index))),
    );
    const accepted = answers.filter(({ status }) => status === 202);
    const refused = answers.filter(({ status, headers }) => status === 503 && headers.has("retry-after"));
    expect(accepted.length + refused.length).toBe(50);
    expect(await door.queued()).toHaveLength(accepted.length);
  });
});

/** A request that has sent so many bytes of its body, and sends no more. */
function hold({ url }: Door, bytes: number): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  const head = `POST /webhooks/openai HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${bytes + 1}\r\n\r\n`;
  socket.write(head + "7".repeat(bytes));
  return socket;
}

/** The answer to half as much as may be held, when it is this one. */
async function answered(status: number): Promise<Response | undefined> {
  const answer = await door.post("openai", `"${"8".repeat(50_000)}"`);
  return answer.status === status ? answer : undefined;
}
