import type { RequestListener } from "node:http";
import { describe, expect, test } from "@jest/globals";
import { legs, serve } from "./local.ts";

const date = "Mon, 03 Nov 2025 14:32:00 GMT";

describe("a page that was not seen before", () => {
  test("comes with its text, its type, and what to recognise it by", async () => {
    const page = await serve((_request, response) =>
      response
        .writeHead(200, { etag: '"1"', "last-modified": date, "content-type": "application/json" })
        .end('{"ok":"jä"}'),
    );
    expect(await legs().fetchPage(page.url)).toEqual({
      kind: "fresh",
      status: 200,
      text: '{"ok":"jä"}',
      bytes: 12,
      contentType: "application/json",
      validators: { etag: '"1"', lastModified: date },
      url: page.url.href,
    });
  });

  test("is asked for without conditions, in our name", async () => {
    const page = await serve((_request, response) => response.end());
    await legs({ userAgent: "Statuswire-Test" }).fetchPage(page.url);
    expect(page.asked[0]?.headers).toEqual({
      "user-agent": "Statuswire-Test",
      "accept-encoding": "gzip, br",
      host: page.url.host,
      connection: "keep-alive",
    });
  });

  test.each([
    ["max-age=30", 30],
    ["public, s-maxage=5, max-age=60, must-revalidate", 60],
  ])("tells for how long it holds (%s)", async (control, maxAgeSeconds) => {
    const page = await serve((_request, response) => response.writeHead(200, { "cache-control": control }).end());
    expect(await legs().fetchPage(page.url)).toHaveProperty("maxAgeSeconds", maxAgeSeconds);
  });

  test.each(["s-maxage=5", "max-age=soon", "no-store"])("does not tell it (%s)", async (control) => {
    const page = await serve((_request, response) => response.writeHead(200, { "cache-control": control }).end());
    expect(await legs().fetchPage(page.url)).not.toHaveProperty("maxAgeSeconds");
  });
});

describe("a page that was seen before", () => {
  test.each([
    ["an ETag", { etag: '"1"' }],
    ["a date", { lastModified: date }],
    ["both", { etag: '"1"', lastModified: date }],
  ])("is unchanged when it still has %s", async (_what, known) => {
    const page = await serve(unlessKnown);
    expect(await legs().fetchPage(page.url, known)).toEqual({ kind: "unchanged", status: 304 });
  });

  test("is fresh when its ETag is another", async () => {
    const page = await serve(unlessKnown);
    expect(await legs().fetchPage(page.url, { etag: '"0"' })).toMatchObject({ kind: "fresh", text: "new" });
  });

  test("is asked for again on the same connection", async () => {
    const page = await serve(unlessKnown);
    const outbound = legs();
    for (const _poll of [1, 2, 3]) await outbound.fetchPage(page.url, { etag: '"1"' });
    expect(new Set(page.asked.map(({ socket }) => socket.remotePort)).size).toBe(1);
  });
});

test("a 304 that nobody asked for is a failure: there is no page to keep", async () => {
  const page = await serve((_request, response) => response.writeHead(304).end());
  await expect(legs().fetchPage(page.url)).rejects.toMatchObject({ reason: "status", status: 304 });
});

const unlessKnown: RequestListener = ({ headers }, response) => {
  const isKnown = headers["if-none-match"] === '"1"' || headers["if-modified-since"] === date;
  response.writeHead(isKnown ? 304 : 200, { etag: '"1"' }).end(isKnown ? undefined : "new");
};
