import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import express from "express";
import { listen, type Listening } from "../src/index.ts";

const start = "POST / HTTP/1.1\r\nHost: a\r\n";
const limits = { connections: 3, headerBytes: 1024, headersTimeoutMs: 300, requestTimeoutMs: 600 };
let listening: Listening;

beforeEach(async () => {
  const app = express();
  app.post("/", (req, res) => void req.resume().once("end", () => res.json({ ip: req.ip, is: req.is("json") })));
  listening = await listen(app, { host: "127.0.0.1", port: 0, variable: "INGEST_PORT", limits });
});
afterEach(() => listening.close());

describe("what never becomes a request", () => {
  test.each([
    ["is no HTTP", 400, "HELO\r\n\r\n"],
    ["names no host", 400, "POST / HTTP/1.1\r\n\r\n"],
    ["has two lengths", 400, `${start}Content-Length: 1\r\nContent-Length: 2\r\n\r\n1`],
    [
      "has a length and is chunked",
      400,
      `${start}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ["has a header without a name", 400, `${start}Bad Name: c\r\n\r\n`],
    ["has headers without end", 431, `${start}X: ${"x".repeat(2000)}\r\n\r\n`],
    ["has slow headers", 408, start],
    ["has a slow body", 408, `${start}Content-Length: 9\r\n\r\n1234`],
  ])("because it %s, is answered with %i", async (_why, status, request) => {
    expect(await exchange(request)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test("is told why, as every other problem is", async () => {
    const [, body = ""] = (await exchange("HELO\r\n\r\n")).split("\r\n\r\n");
    expect(JSON.parse(body)).toEqual({ title: "bad_request", status: 400, detail: expect.any(String) });
  });
});

describe("more connections than there may be", () => {
  test("are cut off, and the others are served", async () => {
    const [first, ...others] = [await connected(), await connected(), await connected()];
    expect(await exchange("")).toBe("");
    first.end(`${start}Connection: close\r\n\r\n`);
    expect(await text(first)).toMatch(/^HTTP\/1.1 200 /);
    for (const other of others) other.destroy();
  });
});

describe("a request", () => {
  test("is Express's own from the start", async () => {
    const response = await fetch(listening.url, { method: "POST", body: "{}", headers: json });
    expect(await response.json()).toEqual({ ip: "127.0.0.1", is: "json" });
  });
});

const json = { "content-type": "application/json" };

/** Sends bytes and gives back everything that is answered until the connection is closed. */
async function exchange(request: string): Promise<string> {
  const socket = await connected();
  socket.write(request);
  return text(socket);
}

async function connected() {
  const socket = connect(listening.port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}
