import { afterEach, describe, expect, test } from "@jest/globals";
import { ask, fixture, play, type Played } from "./local.ts";

let server: Played | undefined;
afterEach(() => server?.close());

describe("a page's HTML", () => {
  test("leads to a feed that it names", async () => {
    const link = "<link href='/news?a=1&amp;b=2' rel='alternate' type='application/rss+xml'>";
    server = await play({ "/": page(link), "/news?a=1&b=2": fixture("feed/updates-as-entries.xml") });
    const { best } = await ask(server.url);
    expect(best).toMatchObject({ format: "feed", sure: "medium", page: `${server.url}/news?a=1&b=2` });
  });

  test("leads to the page that Uptime Kuma serves on a domain of its own", async () => {
    server = await play({
      "/": page('<link rel="manifest" href="/api/status-page/acme/manifest.json">'),
      "/api/status-page/acme": fixture("uptime-kuma/page.json"),
      "/api/status-page/heartbeat/acme": fixture("uptime-kuma/heartbeat.json"),
    });
    const { best } = await ask(server.url);
    expect(best).toMatchObject({
      format: "uptime-kuma",
      sure: "strong",
      page: `${server.url}/status/acme`,
    });
  });

  test("leads to UptimeRobot's monitors", async () => {
    server = await play({
      "/": page('<script>var api = "/api/getMonitorList/a1B2"</script>'),
      "/api/getMonitorList/a1B2": fixture("uptimerobot/monitors-psp.json"),
    });
    expect((await ask(server.url)).best).toMatchObject({ format: "uptimerobot", sure: "strong" });
  });

  test("is a weak hint where nothing else answers", async () => {
    server = await play({ "/": page('<script src="https://dka575ofm4ao0.cloudfront.net/assets/a.js"></script>') });
    const { best } = await ask(server.url);
    expect(best).toMatchObject({ format: "statuspage", sure: "weak" });
    expect(best).not.toHaveProperty("way");
  });

  test("tells of a platform that only pushes", async () => {
    server = await play({ "/": page('<a href="https://www.statuscast.com">StatusCast</a>') });
    const { tried } = await ask(server.url);
    expect(tried.at(-1)).toMatchObject({
      format: "statuscast",
      outcome: "weak",
      why: expect.stringContaining("webhooks"),
    });
  });

  test("of a hostile length is read in a moment", async () => {
    server = await play({ "/": page("github.com/a/b <link rel=alternate <script ".repeat(50_000)) });
    expect((await ask(server.url)).best).toBeUndefined();
  });
});

describe("a feed", () => {
  test("in which nothing is open or past says nothing", async () => {
    server = await play({ "/feed.atom": fixture("feed/quiet.xml") });
    const { best, tried } = await ask(server.url);
    expect(best).toBeUndefined();
    expect(tried.filter(({ outcome }) => outcome !== "no")).toEqual([]);
  });

  test("of a blog is a weak match at best", async () => {
    const blog =
      "<rss version='2.0'><channel><title>Blog</title><item><guid>1</guid><title>We grew</title></item></channel></rss>";
    server = await play({ "/rss": blog });
    expect((await ask(server.url)).best).toMatchObject({ format: "feed", sure: "weak" });
  });
});

describe("the catalog", () => {
  test("is believed first, and held to what it says", async () => {
    server = await play({ "/api/v2.0.0/current": fixture("slack/outage-and-maintenance.json") });
    const { tried, best } = await ask(server.url, knownAs(server.url));
    expect(tried).toEqual([
      expect.objectContaining({
        format: "slack",
        outcome: "strong",
        why: expect.stringContaining("the catalog knows it as Acme"),
      }),
    ]);
    expect(best).toMatchObject({ format: "slack", name: "Acme" });
  });

  test("is not believed when the page talks another way", async () => {
    server = await play({ "/api/v2/summary.json": fixture("statuspage/summary-quiet.json") });
    const { tried, best } = await ask(server.url, knownAs(server.url));
    expect(tried[0]).toMatchObject({ format: "slack", outcome: "no", status: 404 });
    expect(best).toMatchObject({ format: "statuspage", sure: "strong" });
  });
});

function page(head: string): string {
  return `<!DOCTYPE html><html><head>${head}</head><body>Acme</body></html>`;
}

function knownAs(url: string) {
  return () => ({
    id: "acme",
    name: "Acme",
    aliases: [],
    domains: [],
    page: url,
    otherPages: [],
    format: "slack",
    sure: "strong" as const,
    why: "a test",
    mentions: 1,
  });
}
