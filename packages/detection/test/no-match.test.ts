import { afterEach, describe, expect, test } from "@jest/globals";
import { ask, fixture, play, type Played } from "./local.ts";

const servers: Played[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describe("what is no status page", () => {
  test.each([
    ["an error page with status 200", "<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>"],
    ["a login page", '<html><body><form action="/login"><input type="password"></form></body></html>'],
    ["an empty object", "{}"],
    ["an empty list", "[]"],
    ["null", "null"],
    ["nothing", ""],
    [
      "an empty shell of Statuspage",
      '{"page":{"id":"k7q2m9x4w1zp","name":"Acme"},"components":[],"incidents":[]}',
    ],
    ["an error in JSON", '{"error":{"message":"not found"},"status":"error"}'],
    ["somebody else's JSON", '{"data":[{"id":1,"name":"a","status":"b"}],"page":{"status":"x"},"components":[]}'],
  ])("is no match: %s at every address", async (_what, body) => {
    const server = await start(body);
    expect(await ask(server.url)).not.toHaveProperty("best.sure", expect.stringMatching(/strong|medium/));
  });

  test("is said to be a web page, where it is one", async () => {
    const server = await start("<!DOCTYPE html><html></html>");
    const { best, tried } = await ask(server.url);
    expect(best).toBeUndefined();
    expect(tried[0]).toMatchObject({ outcome: "no", status: 200, why: "a web page, not data" });
  });
});

describe("a redirect", () => {
  test("to a marketing site is no match, and is told", async () => {
    const shop = await start("<!DOCTYPE html><html><body>Buy now</body></html>");
    const server = await start({
      "/": { to: shop.url },
      "/proxy/HOST": { to: shop.url },
      "/api/v2/summary.json": { to: shop.url },
    });
    const { best, landed, tried } = await ask(server.url);
    expect(best).toBeUndefined();
    expect(landed).toBe(`${shop.url}/`);
    expect(tried.every(({ outcome }) => outcome === "no")).toBe(true);
  });

  test("of the page to its new home is followed there", async () => {
    const home = await start({
      "/": "<html></html>",
      "/v3/summary.json": fixture("instatus/summary-v3-quiet.json"),
    });
    const server = await start({ "/": { to: home.url } });
    expect((await ask(server.url)).best).toMatchObject({ format: "instatus", page: `${home.url}/` });
  });

  test("of one address is reported, and its end is the page", async () => {
    const home = await start({ "/api/v2/summary.json": fixture("statuspage/summary-quiet.json") });
    const server = await start({ "/api/v2/summary.json": { to: `${home.url}/api/v2/summary.json` } });
    const { best, tried } = await ask(server.url);
    expect(best).toMatchObject({ format: "statuspage", page: `${home.url}/` });
    expect(tried.at(-1)).toMatchObject({ landed: `${home.url}/api/v2/summary.json` });
  });
});

describe("a server", () => {
  test("that is down is asked once", async () => {
    const server = await play({});
    await server.close();
    const { best, tried, trouble } = await ask(server.url);
    expect([best, tried]).toEqual([undefined, []]);
    expect(trouble).toContain("cannot be reached");
  });

  test("that asks us to wait is left alone", async () => {
    const server = await start({ "/": "<html></html>", "/proxy/HOST": { status: 429, after: "60" } });
    const { trouble } = await ask(server.url);
    expect(server.asked).toEqual(["/", "/proxy/HOST"]);
    expect(trouble).toContain("wait 60 s");
  });

  test("that refuses its page to us may still answer its interface", async () => {
    const server = await start({
      "/": { status: 403 },
      "/api/v2/summary.json": fixture("statuspage/summary-quiet.json"),
    });
    expect((await ask(server.url)).best).toMatchObject({ format: "statuspage", sure: "strong" });
  });
});

async function start(site: Parameters<typeof play>[0]): Promise<Played> {
  const server = await play(site);
  servers.push(server);
  return server;
}
