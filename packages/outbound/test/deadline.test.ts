import type { Socket } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { closing, failureOf, legs, serve, serveBytes } from "./local.ts";

const totalMs = 300;

describe("a page that is not done in time", () => {
  test.each<[string, (socket: Socket) => void]>([
    ["never answers", () => {}],
    ["sends a byte at a time", (socket) => drip(socket, "HTTP/1.1 200 OK\r\n\r\n")],
    ["sends a header at a time", (socket) => drip(socket, "HTTP/1.1 200 OK\r\n", "x: y\r\n")],
    ["sends early answers without end", (socket) => drip(socket, "", "HTTP/1.1 103 Early Hints\r\n\r\n")],
    ["sends the head of a compressed body", (socket) => socket.write(gzipHead)],
  ])("is given up when it %s", async (_how, speak) => {
    const page = await serveBytes(speak);
    await expect(legs({ totalMs }).fetchPage(page.url)).rejects.toMatchObject({ reason: "timeout" });
  });

  test("is given up though each of its redirects is quick enough", async () => {
    const page = await serve((request, response) => {
      setTimeout(() => response.writeHead(302, { location: `${request.url}x` }).end(), totalMs / 2);
    });
    await expect(legs({ totalMs }).fetchPage(page.url)).rejects.toMatchObject({ reason: "timeout" });
  });

  test("is let go of", async () => {
    let hungUp: Promise<void> | undefined;
    const page = await serveBytes((socket) => {
      hungUp = closing(socket);
    });
    await failureOf(legs({ totalMs }).fetchPage(page.url));
    await hungUp;
  });

  test("says so, with the limit", async () => {
    const page = await serveBytes(() => {});
    await expect(legs({ totalMs }).fetchPage(page.url)).rejects.toThrow(
      `127.0.0.1:${page.port}/ is not done after 0.3 s.`,
    );
  });
});

describe("a process that was paused past the deadline", () => {
  test("reads the answer that came meanwhile", async () => {
    const page = await serve((_request, response) => {
      response.end("up");
      // The answer is on its way; nothing of this process runs for longer than the deadline.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3500);
    });
    expect(await legs({ totalMs: 2000 }).fetchPage(page.url)).toMatchObject({ status: 200 });
  });

  test("gives up a page that does not answer after that either", async () => {
    const page = await serve(() => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3500);
    });
    await expect(legs({ totalMs: 2000 }).fetchPage(page.url)).rejects.toMatchObject({ reason: "timeout" });
  });
});

describe("a caller who stops a fetch", () => {
  test("gets the own reason back, at once", async () => {
    const stop = new AbortController();
    const page = await serveBytes(() => stop.abort(new Error("Shutting down")));
    await expect(legs().fetchPage(page.url, {}, { signal: stop.signal })).rejects.toThrow("Shutting down");
  });

  test("before it began, asks nobody", async () => {
    const page = await serve((_request, response) => response.end());
    const signal = AbortSignal.abort(new Error("Shutting down"));
    await expect(legs().fetchPage(page.url, {}, { signal })).rejects.toThrow("Shutting down");
    expect(page.asked).toEqual([]);
  });
});

test("a post has a time of its own", async () => {
  const hook = await serveBytes(() => {});
  const posted = legs().post(hook.url, { body: "{}", headers: {}, timeoutMs: totalMs });
  await expect(posted).rejects.toMatchObject({ reason: "timeout" });
});

const gzipHead = Buffer.concat([
  Buffer.from("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n"),
  Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
]);

function drip(socket: Socket, first: string, then = "x"): void {
  socket.write(first);
  const timer = setInterval(() => socket.write(then), 20);
  socket.on("close", () => clearInterval(timer));
}
