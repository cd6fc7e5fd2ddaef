import { describe, expect, test } from "@jest/globals";
import { redirectTarget } from "../src/redirect.ts";
import { closing, failureOf, legs, serve } from "./local.ts";

describe("a page that has moved", () => {
  test.each([301, 302, 303, 307, 308])("is found where it is now (%i)", async (status) => {
    const page = await serve((request, response) =>
      request.url === "/new" ? response.end("here") : response.writeHead(status, { location: "/new" }).end(),
    );
    expect(await legs().fetchPage(page.url)).toMatchObject({ text: "here", url: new URL("/new", page.url).href });
  });

  test("is found after three redirects", async () => {
    const page = await chain(3);
    expect(await legs().fetchPage(page.url)).toMatchObject({ text: "here" });
  });

  test("is not followed further than that", async () => {
    const page = await chain(4);
    await expect(legs().fetchPage(page.url)).rejects.toMatchObject({ reason: "redirect" });
    expect(page.asked).toHaveLength(4);
  });

  test("in a circle is left after four requests", async () => {
    const page = await movedTo("/");
    await expect(legs().fetchPage(page.url)).rejects.toMatchObject({ reason: "redirect" });
    expect(page.asked).toHaveLength(4);
  });

  test("is recognised where it is now", async () => {
    const page = await serve(({ url, headers }, response) =>
      url === "/new"
        ? response.writeHead(headers["if-none-match"] === '"1"' ? 304 : 200).end()
        : response.writeHead(302, { location: "/new" }).end(),
    );
    expect(await legs().fetchPage(page.url, { etag: '"1"' })).toMatchObject({ kind: "unchanged" });
  });
});

describe("a redirect", () => {
  test.each([
    ["another address of this machine", "http://127.0.0.2/"],
    ["another spelling of it", "http://0x7f000002/"],
    ["an address that embeds it", "http://[::ffff:127.0.0.2]/"],
    ["the sixth version of it", "http://[::1]/"],
    ["a file", "file:///etc/passwd"],
    ["another protocol", "gopher://127.0.0.1:6379/_FLUSHALL"],
    ["a socket", "http://unix:/var/run/docker.sock:/containers/json"],
    ["a place with a password", "http://user:secret@127.0.0.1/"],
  ])("to %s is not followed", async (_what, location) => {
    const page = await movedTo(location);
    const outbound = legs({ allowPrivate: [page.url.hostname] });
    await expect(outbound.fetchPage(page.url)).rejects.toMatchObject({ reason: "forbidden_address" });
  });

  test("to an inner server does not reach it", async () => {
    const inner = await serve((_request, response) => response.end("secret"), "127.0.0.2");
    const page = await movedTo(`http://127.0.0.2:${inner.port}/`);
    const outbound = legs({ allowPrivate: [page.url.hostname] });
    await expect(outbound.fetchPage(page.url)).rejects.toMatchObject({ reason: "forbidden_address" });
    expect(inner.asked).toEqual([]);
  });

  test.each([undefined, "http://[", "http://:0:0/"])("to nowhere (%s) is a failure", async (location) => {
    const page = await movedTo(location);
    await expect(legs().fetchPage(page.url)).rejects.toMatchObject({ reason: "redirect", status: 302 });
  });

  test("takes no credentials to another origin, not even another port", async () => {
    const other = await serve((_request, response) => response.end());
    const page = await movedTo(other.url.href);
    await legs().fetchPage(
      page.url,
      { etag: '"1"' },
      { headers: { authorization: "secret", "x-api-key": "secret" } },
    );
    expect(page.asked[0]?.headers).toMatchObject({ authorization: "secret", "x-api-key": "secret" });
    expect(JSON.stringify(other.asked[0]?.headers)).not.toContain("secret");
  });

  test("keeps the credentials on its own origin", async () => {
    const page = await chain(1);
    await legs().fetchPage(page.url, {}, { headers: { "x-api-key": "secret" } });
    expect(page.asked.map(({ headers }) => headers["x-api-key"])).toEqual(["secret", "secret"]);
  });

  test("with a body without end is hung up on before the next request", async () => {
    const page = await serve(async (request, response) => {
      if (request.url === "/new") return closing(page.asked[0]?.socket).then(() => response.end("here"));
      const more = () => {
        while (response.writable && response.write(Buffer.alloc(65_536)));
      };
      response.writeHead(302, { location: "/new" }).on("drain", more);
      more();
    });
    expect(await legs({ totalMs: 3000 }).fetchPage(page.url)).toMatchObject({ text: "here" });
  });

  test("from https to http is not followed", () => {
    const answer = { statusCode: 301, headers: { location: "http://status.example.com/" } };
    const from = new URL("https://status.example.com/");
    expect(() => redirectTarget(from, answer)).toThrow("status.example.com redirects from https to http");
  });
});

test("a failure names no secret of the place that it was sent to", async () => {
  const page = await movedTo("http://127.0.0.2/hidden?token=secret");
  expect(String(await failureOf(legs({ allowPrivate: ["127.0.0.1"] }).fetchPage(page.url)))).not.toMatch(
    /hidden|secret/,
  );
});

function movedTo(location: string | undefined) {
  return serve((_request, response) => response.writeHead(302, location === undefined ? {} : { location }).end());
}

function chain(length: number) {
  return serve(({ url = "/" }, response) => {
    const step = Number(url.slice(1));
    return step === length ? response.end("here") : response.writeHead(302, { location: `/${step + 1}` }).end();
  });
}
