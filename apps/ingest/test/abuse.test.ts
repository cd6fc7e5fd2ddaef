import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Door, openDoor } from "./door.ts";
import { answerOn, exchange, firstAnswer, open, statusesIn } from "./exchange.ts";
import { type GoodTraffic, startGoodTraffic } from "./good-traffic.ts";

const kib = 1024;
const limits = {
  INGEST_MAX_BODY_BYTES: String(64 * kib),
  INGEST_MAX_CONNECTIONS: "300",
  INGEST_HEADERS_TIMEOUT_SECONDS: "0.5",
  INGEST_REQUEST_TIMEOUT_SECONDS: "1",
};
const post = "POST /webhooks/abuse HTTP/1.1\r\nHost: localhost\r\n";
const close = "Connection: close\r\n";

let door: Door;
let good: GoodTraffic;

beforeAll(async () => {
  door = await openDoor(limits);
  good = startGoodTraffic(door);
});

afterAll(() => door.close());

describe("a body of a hostile size (A-01)", () => {
  test.each([
    ["nothing", 0, 400],
    ["all that is allowed", 64 * kib, 202],
    ["a byte more", 64 * kib + 1, 413],
    ["ten megabytes", 10_000 * kib, 413],
  ])("%s is answered as it should be", async (_what, bytes, status) => {
    const body = bytes ? `"${"7".repeat(bytes - 2)}"` : "";
    expect(statusesIn(await firstAnswer(door.url, withLength(body)))).toEqual([status]);
    expect(statusesIn(await firstAnswer(door.url, chunked(body)))).toEqual([status]);
  });

  test.each([
    ["longer than it says", `${post}${close}Content-Length: 2\r\n\r\n{}GARBAGE\r\n\r\n`, [400]],
    ["shorter than it says", `${post}${close}Content-Length: 9\r\n\r\n{}`, [408]],
    ["of no length at all", `${post}${close}\r\n`, [400]],
    ["of a length that is none", `${post}Content-Length: -1\r\n\r\n`, [400]],
    ["of an absurd length", `${post}${close}Content-Length: 99999999999\r\n\r\n{}`, [413]],
  ])("%s is answered as it should be", async (_what, request, statuses) => {
    expect(statusesIn(await exchange(door.url, request))).toEqual(statuses);
  });
});

describe("a packed body (A-02)", () => {
  const bomb = Buffer.alloc(20_000 * kib, 0x20);
  const small = Buffer.from("{}");
  test.each([
    ["gzip", gzipSync(bomb), 413],
    ["br", brotliCompressSync(bomb), 413],
    ["deflate", deflateSync(bomb), 413],
    ["gzip", Buffer.concat(Array.from({ length: 5000 }, () => gzipSync(""))), 413],
    ["gzip", gzipSync(small).subarray(0, -9), 400],
    ["gzip", gzipSync(gzipSync(small)), 400],
    ["deflate", deflateRawSync(small), 400],
    ["br", small, 400],
    ["GZIP", gzipSync(small), 202],
    ["identity", small, 202],
    ["identity, gzip", gzipSync(small), 415],
    ["gzip, gzip", gzipSync(gzipSync(small)), 415],
    ["zstd", small, 415],
    ["constructor", small, 415],
  ])("that says it is %s is answered as it should be", async (encoding, body, status) => {
    const response = await door.post("abuse", body, { "content-encoding": encoding });
    expect(response.status).toBe(status);
  });
});

describe("JSON of a hostile shape (A-03)", () => {
  test.each([
    ["64 deep", deep(64), 202],
    ["65 deep", deep(65), 400],
    ["30 000 deep", deep(30_000), 400],
    ["with 5 000 keys", JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [i, 0]))), 202],
    ["with keys that mean something to JavaScript", '{"__proto__":{"a":1},"constructor":{"prototype":1}}', 202],
    ["with numbers beyond", "[1e400,-0,123456789012345678901234567890]", 202],
    ["with lone surrogates", String.raw`["\ud800"]`, 202],
    ["with the same key twice", '{"a":1,"a":2}', 202],
    ["in UTF-16", Buffer.from("\uFEFF{}", "utf16le"), 400],
    ["in UTF-32", Buffer.from([0x7b, 0, 0, 0, 0x7d, 0, 0, 0]), 400],
    ["with a bare NUL", '["\0"]', 400],
    ["with bytes that are no text", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 400],
  ])("%s is answered as it should be", async (_what, body, status) => {
    expect((await door.post("abuse", body)).status).toBe(status);
  });
});

describe("headers (A-04)", () => {
  const body = "Content-Length: 2\r\n\r\n{}";
  test.each([
    ["20 kB of one", `X: ${"x".repeat(20_000)}\r\n`, 431],
    ["300", "X: x\r\n".repeat(300), 431],
    ["two Hosts", "hOST: b\r\n", 400],
    ["two lengths", "Content-Length: 3\r\n", 400],
    ["a length and chunks", "Transfer-Encoding: chunked\r\n", 400],
    ["an encoding that is not chunked", "Transfer-Encoding: xchunked\r\n", 400],
    ["a bare line feed in the middle", "X: a\nX-Evil: b\r\n", 400],
    ["a NUL", "X: a\0b\r\n", 400],
    ["a name with a space", "X y: a\r\n", 400],
    ["two types", "Content-Type: text/plain\r\nContent-Type: application/json\r\n", 202],
    ["an upgrade", "Upgrade: websocket\r\nX: y\r\n", 202],
    ["an odd connection", "Connection: x\r\n", 202],
    ["an expectation that can't be met", "Expect: the-unexpected\r\n", 417],
  ])("with %s are answered as they should be", async (_what, headers, status) => {
    expect(statusesIn(await firstAnswer(door.url, `${post}${headers}${body}`))).toEqual([status]);
  });

  test("that ask to go on are told so", async () => {
    const answer = await exchange(door.url, `${post}${close}Expect: 100-continue\r\n${body}`);
    expect(statusesIn(answer)).toEqual([100, 202]);
  });

  test("of many requests in one go are answered in order", async () => {
    const first = `${post}Content-Length: 1\r\n\r\n`;
    const requests = `${first}1${first}x${first}1${post}${close}${body}`;
    expect(statusesIn(await exchange(door.url, requests))).toEqual([202, 400, 202, 202]);
  });
});

describe("a method and a path (A-05)", () => {
  const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];
  const paths = [
    ...["/", "*", "//", "//evil.example/", "/webhooks", "/webhooks/", "/webhooks/a/b/c", "/webhooks/%2e%2e%2fetc"],
    ...["/webhooks/%ff", "/webhooks/%", "/webhooks/%00", "/webhooks/;a=b", "/webhooks/__proto__", "/webhooks/.."],
    ...[
      "http://evil.example/webhooks/a",
      "/webhooks/a%0d%0aSet-Cookie:x",
      `/${"x".repeat(8000)}`,
      "/webhooks/a?a[b]=c",
    ],
  ];

  test.each(methods)("%s is never our fault", async (method) => {
    const answers = await Promise.all(
      paths.map((path) => exchange(door.url, `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${close}\r\n`)),
    );
    expect(answers.flatMap(statusesIn).filter((status) => status >= 500)).toEqual([]);
    expect(answers.filter((answer) => statusesIn(answer).length !== 1)).toEqual([]);
  });

  test("that would tunnel is refused", async () => {
    expect(
      statusesIn(await exchange(door.url, "CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n")),
    ).toEqual([]);
  });
});

describe("slow senders (A-06)", () => {
  test.each([
    ["headers", "POST /webhooks/slow HTTP/1.1\r\nHost: localhost\r\n", [408]],
    ["bodies", `${post}Content-Length: 10\r\n\r\n{`, [408]],
    ["chunks", `${post}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`, [408]],
  ])("with slow %s, a hundred at once, are all cut off", async (_what, start, statuses) => {
    const answers = await Promise.all(Array.from({ length: 100 }, () => exchange(door.url, start)));
    expect(answers.map(statusesIn)).toEqual(answers.map(() => statuses));
  });
});

describe("a flood of connections (A-07)", () => {
  test("is cut off where the limit is", async () => {
    const sockets = await Promise.all(Array.from({ length: 400 }, () => open(door.url)));
    const cut = Promise.race(sockets.map((socket) => answerOn(socket, () => false)));
    expect(await cut).toBe("");
    for (const socket of sockets) socket.destroy();
  });
});

describe("good traffic", () => {
  test("was accepted all along", async () => {
    const statuses = await good.stop();
    expect(statuses.length).toBeGreaterThan(20);
    expect(new Set(statuses)).toEqual(new Set([202]));
  });

  test("and the process is as well as before", async () => {
    expect((await fetch(`${door.url}/healthz`)).status).toBe(200);
  });
});

function withLength(body: string): string {
  return `${post}Content-Length: ${body.length}\r\n\r\n${body}`;
}

function chunked(body: string): string {
  const pieces = body.match(/.{1,10000}/gs) ?? [];
  const chunks = pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`);
  return `${post}Transfer-Encoding: chunked\r\n\r\n${chunks.join("")}0\r\n\r\n`;
}

function deep(levels: number): string {
  return "[".repeat(levels) + "]".repeat(levels);
}
