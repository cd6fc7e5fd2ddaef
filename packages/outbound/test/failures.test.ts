import type { LookupFunction } from "node:net";
import { inspect } from "node:util";
import { describe, expect, test } from "@jest/globals";
import { RetryLaterError } from "@statuswire/status";
import { FetchError } from "../src/index.ts";
import { closing, failureOf, legs, serve, serveBytes } from "./local.ts";

const notFound = Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" });
const manyHeaders = `HTTP/1.1 200 OK\r\n${`x: ${"y".repeat(1000)}\r\n`.repeat(20)}\r\n`;
const brokenChunk = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n";

describe("a page that answers", () => {
  test.each([
    [401, "blocked"],
    [403, "blocked"],
    [451, "blocked"],
    [404, "gone"],
    [410, "gone"],
    [500, "server"],
    [502, "server"],
    [503, "server"],
    [418, "status"],
    [300, "status"],
  ])("%i is %s", async (status, reason) => {
    const page = await serve((_request, response) => response.writeHead(status).end("an error page"));
    const failure = await failureOf(legs().fetchPage(page.url));
    expect(failure).toBeInstanceOf(FetchError);
    expect(failure).toMatchObject({ name: "FetchError", reason, status });
  });

  test.each([
    [429, { "retry-after": "30" }, 30_000],
    [429, {}, 60_000],
    [429, { "retry-after": "later" }, 60_000],
    [503, { "retry-after": "30" }, 30_000],
  ])("%i with %j asks us to wait", async (status, headers, delayMs) => {
    const page = await serve((_request, response) => response.writeHead(status, headers).end());
    const failure = await failureOf(legs().fetchPage(page.url));
    expect(failure).toBeInstanceOf(RetryLaterError);
    expect(failure).toMatchObject({ delayMs });
  });

  test("503 with what nobody can read has an error of its own", async () => {
    const page = await serve((_request, response) => response.writeHead(503, { "retry-after": "later" }).end());
    await expect(legs().fetchPage(page.url)).rejects.toMatchObject({ reason: "server", status: 503 });
  });

  test("a web page instead of what was wanted is left to its reader", async () => {
    const page = await serve((_request, response) =>
      response.setHeader("content-type", "text/html").end("<html>"),
    );
    expect(await legs().fetchPage(page.url)).toMatchObject({
      kind: "fresh",
      text: "<html>",
      contentType: "text/html",
    });
  });
});

describe("a server that speaks", () => {
  test.each([
    ["no HTTP", "malformed", "HPE_INVALID_CONSTANT", "SSH-2.0-OpenSSH_9.2\r\n"],
    [
      "of a broken length",
      "malformed",
      "HPE_INVALID_CONTENT_LENGTH",
      "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
    ],
    ["in a broken chunk", "malformed", "HPE_INVALID_CHUNK_SIZE", brokenChunk],
    ["without end before it begins", "too_large", "HPE_HEADER_OVERFLOW", manyHeaders],
    ["not at all", "unreachable", "ECONNRESET", ""],
  ])("%s is %s (%s)", async (_what, reason, code, bytes) => {
    const page = await serveBytes((socket) => socket.end(bytes));
    await expect(legs().fetchPage(page.url)).rejects.toMatchObject({ reason, code });
  });

  test("another protocol from now on is malformed, and hung up on", async () => {
    let hungUp: Promise<void> | undefined;
    const page = await serveBytes((socket) => {
      hungUp = closing(socket);
      socket.write("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n");
    });
    await expect(legs().fetchPage(page.url)).rejects.toMatchObject({ reason: "malformed", status: 101 });
    await hungUp;
  });

  test("HTTP/1.0 without a length is read to its end", async () => {
    const page = await serveBytes((socket) => socket.end("HTTP/1.0 200 OK\r\n\r\nold but fine"));
    expect(await legs().fetchPage(page.url)).toMatchObject({ text: "old but fine" });
  });

  test("after a 304 what it should not is not heard", async () => {
    const page = await serveBytes((socket) => socket.write("HTTP/1.1 304 Not Modified\r\n\r\nHTTP/9 nonsense"));
    const outbound = legs();
    for (const _poll of [1, 2])
      expect(await outbound.fetchPage(page.url, { etag: '"1"' })).toMatchObject({ kind: "unchanged" });
  });
});

describe("a server that cannot be reached", () => {
  test("because nobody listens is unreachable", async () => {
    await expect(legs().fetchPage(new URL("http://127.0.0.1:1/"))).rejects.toMatchObject({
      reason: "unreachable",
      code: "ECONNREFUSED",
      message: "127.0.0.1:1/ cannot be reached; check the network and the page's address (ECONNREFUSED).",
    });
  });

  test("because its name is not known is unreachable", async () => {
    const lookup: LookupFunction = (_hostname, _options, callback) => callback(notFound, "");
    await expect(legs({ lookup }).fetchPage(new URL("http://status.example/"))).rejects.toMatchObject({
      reason: "unreachable",
      code: "ENOTFOUND",
    });
  });

  test("because it speaks no TLS is unreachable", async () => {
    const page = await serve((_request, response) => response.end());
    const url = new URL(`https://127.0.0.1:${page.port}/`);
    await expect(legs().fetchPage(url)).rejects.toMatchObject({ reason: "unreachable" });
  });
});

describe("a connection that was closed while nobody used it", () => {
  test("is opened again for a page", async () => {
    const page = await closingSecond();
    const outbound = legs();
    for (const _poll of [1, 2]) expect(await outbound.fetchPage(page.url)).toMatchObject({ text: "ok" });
    expect(page.asked).toHaveLength(3);
  });

  test("is not used twice for a post: it may have arrived", async () => {
    const hook = await closingSecond();
    const outbound = legs();
    await outbound.post(hook.url, { body: "1", headers: {} });
    await expect(outbound.post(hook.url, { body: "2", headers: {} })).rejects.toMatchObject({
      code: "ECONNRESET",
    });
    expect(hook.asked).toHaveLength(2);
  });
});

describe("a failure", () => {
  test.each([
    ["for its status", (url: URL) => url],
    ["for its connection", ({ pathname, search }: URL) => new URL(pathname + search, "http://127.0.0.1:1")],
    ["for its address", ({ pathname, search }: URL) => new URL(pathname + search, "http://0.0.0.0")],
    ["for its password", ({ href }: URL) => new URL(href.replace("//", "//name:s3cret@"))],
  ])("%s shows no secret, however it is printed", async (_why, where) => {
    const page = await serve((_request, response) => response.writeHead(500).end());
    const url = where(new URL("/page?token=s3cret#s3cret", page.url));
    const failure = await failureOf(legs().fetchPage(url, {}, { headers: { authorization: "s3cret" } }));
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toMatch(/s3cret/);
    expect(JSON.stringify(failure)).not.toMatch(/s3cret/);
  });
});

function closingSecond() {
  let used = 0;
  return serve((request, response) => {
    used += 1;
    return used === 2 ? request.socket.destroy() : response.end("ok");
  });
}
