import type { OutgoingHttpHeaders } from "node:http";
import { brotliCompressSync, createGzip, gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { closing, failureOf, legs, serve, serveBytes } from "./local.ts";

const oneMiB = 1024 * 1024;

describe("a compressed page", () => {
  test.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
  ])("is read (%s), and its bytes counted as they are decompressed", async (encoding, compress) => {
    const page = await answering(compress("up ".repeat(1000)), { "content-encoding": encoding });
    expect(await legs().fetchPage(page.url)).toMatchObject({ text: "up ".repeat(1000), bytes: 3000 });
  });

  test.each(["gzip", "br"])("that is not what it says (%s) is malformed", async (encoding) => {
    const page = await answering(Buffer.from("plain text"), { "content-encoding": encoding });
    await expect(legs().fetchPage(page.url)).rejects.toMatchObject({ reason: "malformed" });
  });

  test("that ends too early is malformed", async () => {
    const page = await answering(gzipSync("up ".repeat(1000)).subarray(0, 20), { "content-encoding": "gzip" });
    await expect(legs().fetchPage(page.url)).rejects.toMatchObject({ reason: "malformed" });
  });
});

describe("a page without end", () => {
  test("is left at the cap, and the connection with it", async () => {
    const page = await serve((_request, response) => pour(response, Buffer.alloc(65_536)));
    await expect(legs({ maxBytes: oneMiB }).fetchPage(page.url)).rejects.toMatchObject({ reason: "too_large" });
    await closing(page.asked[0]?.socket);
  });

  test("is left at the cap when it is compressed a thousandfold", async () => {
    const page = await serve((_request, response) => {
      const gzip = createGzip();
      gzip.pipe(response.writeHead(200, { "content-encoding": "gzip" }));
      pour(gzip, Buffer.alloc(65_536));
    });
    const before = process.memoryUsage.rss();
    await expect(legs({ maxBytes: oneMiB }).fetchPage(page.url)).rejects.toMatchObject({ reason: "too_large" });
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * oneMiB);
    await closing(page.asked[0]?.socket);
  });
});

describe("a page at the cap", () => {
  test.each([
    [3, "fresh"],
    [2, "too_large"],
  ])("of %i bytes is %s", async (maxBytes, outcome) => {
    const page = await answering(Buffer.from("abc"));
    const fetched = legs({ maxBytes }).fetchPage(page.url);
    expect(
      await fetched.then(
        ({ kind }) => kind,
        ({ reason }: { reason: string }) => reason,
      ),
    ).toBe(outcome);
  });

  test("is whole though it comes byte by byte", async () => {
    const text = "0123456789".repeat(20_000);
    const bytes = [...text].map((byte) => `1\r\n${byte}\r\n`).join("");
    const page = await serveBytes((socket) =>
      socket.end(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${bytes}0\r\n\r\n`),
    );
    expect(await legs({ maxBytes: 200_000 }).fetchPage(page.url)).toMatchObject({ bytes: 200_000, text });
  });
});

describe("a page's text", () => {
  const said = "Störung: 東京";

  test.each([
    ["UTF-8", Buffer.from(said), undefined],
    ["UTF-8 with its mark", Buffer.from(`\ufeff${said}`), "text/plain; charset=iso-8859-1"],
    ["UTF-16 with its mark, little end first", utf16(said), "application/json"],
    ["UTF-16 with its mark, big end first", utf16(said).swap16(), "application/json;charset=utf-8"],
    ["a charset that nobody knows", Buffer.from(said), "text/plain; charset=klingon"],
    ["a charset that is none", Buffer.from(said), "text/plain; charset="],
  ])("is read from %s", async (_encoding, bytes, type) => {
    const page = await answering(bytes, type === undefined ? {} : { "content-type": type });
    expect(await legs().fetchPage(page.url)).toMatchObject({ text: said });
  });

  test.each(["text/xml; charset=ISO-8859-1", 'text/xml;charset="latin1"; x=y'])("is read as %s", async (type) => {
    const page = await answering(Buffer.from("Störung", "latin1"), { "content-type": type });
    expect(await legs().fetchPage(page.url)).toMatchObject({ text: "Störung", contentType: type });
  });

  test("is readable though some bytes are not", async () => {
    const page = await answering(Buffer.from([0x75, 0xff, 0x70]));
    expect(await legs().fetchPage(page.url)).toMatchObject({ text: "u\ufffdp", bytes: 3 });
  });

  test("may be nothing at all", async () => {
    const page = await answering(Buffer.alloc(0));
    expect(await legs().fetchPage(page.url)).toMatchObject({ kind: "fresh", text: "", bytes: 0 });
  });
});

test("a page cut off in the middle is unreachable, not shorter", async () => {
  const page = await serveBytes((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"));
  expect(await failureOf(legs().fetchPage(page.url))).toMatchObject({ reason: "unreachable", code: "ECONNRESET" });
});

function answering(body: Buffer, headers: OutgoingHttpHeaders = {}) {
  return serve((_request, response) => response.writeHead(200, headers).end(body));
}

function utf16(text: string): Buffer {
  return Buffer.from(`\ufeff${text}`, "utf16le");
}

function pour(into: NodeJS.WritableStream, chunk: Buffer): void {
  const more = () => {
    while (into.writable && into.write(chunk));
  };
  into.on("drain", more);
  more();
}
