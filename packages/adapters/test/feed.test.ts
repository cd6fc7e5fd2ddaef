import { describe, expect, test } from "@jest/globals";
import { Feed } from "../src/feed.ts";
import { feed } from "../src/formats/feed.ts";
import { xml } from "../src/xml.ts";

const told = { at: "2026-03-01T10:00:00.000Z" };

describe("a feed", () => {
  test("with one entry has one", () => {
    expect(read(rss("<item><title>Down</title><guid>1</guid></item>")).entries).toEqual([
      { id: "1", title: "Down", html: "" },
    ]);
  });

  test("knows an item by its own id, not by a link that several share", () => {
    const item = (guid: string) =>
      `<item><title>Down</title><guid>${guid}</guid><link>https://a.dev/</link></item>`;
    expect(read(rss(item("1") + item("2"))).entries.map(({ id }) => id)).toEqual(["1", "2"]);
  });

  test("knows an item without an id by its link", () => {
    expect(read(rss("<item><title>Down</title><link>https://a.dev/1</link></item>")).entries).toMatchObject([
      { id: "https://a.dev/1" },
    ]);
  });

  test("says when an entry could not be read", () => {
    const { entries, whole } = read(
      rss("<item><title>Down</title><guid>1</guid></item><item><title>?</title></item>"),
    );
    expect([entries.length, whole]).toEqual([1, false]);
  });

  test("may carry its text as markup", () => {
    const text = `<feed><entry><id>1</id><title>Down</title><content type="xhtml"><div>All <b>is</b></div></content></entry></feed>`;
    expect(read(text).entries).toMatchObject([{ html: "is All" }]);
  });

  test("takes the link that is for people", () => {
    const links = `<link rel="self" href="https://a.dev/self"/><link href="https://a.dev/1"/>`;
    expect(read(`<feed><entry><id>1</id><title>Down</title>${links}</entry></feed>`).entries).toMatchObject([
      { link: "https://a.dev/1" },
    ]);
  });
});

describe("an entry", () => {
  test("is as new as its last change", () => {
    const times = "<published>2026-03-01T08:00:00Z</published><updated>2026-03-01T09:00:00Z</updated>";
    const text = `<feed><entry><id>1</id><title>Down</title>${times}</entry></feed>`;
    expect(read(text).entries).toMatchObject([{ at: "2026-03-01T09:00:00.000Z" }]);
  });
});

describe("an incident of a feed", () => {
  test.each([
    ["Resolved: API errors", "API errors"],
    ["[Monitoring] API errors", "API errors"],
    ["Tokyo: API errors", "Tokyo: API errors"],
    ["[EU] API errors", "[EU] API errors"],
  ])("called %s is about %s", (title, about) => {
    expect(adapt(`<item><title>${title}</title><guid>1</guid></item>`)).toMatchObject([{ title: about }]);
  });

  test("is as old as the reading when its entry has no time", () => {
    expect(adapt("<item><title>Down</title><guid>1</guid></item>")).toMatchObject([
      { id: "1", status: "unknown", updates: [{ at: told.at }] },
    ]);
  });

  test("without a time is the same update in the next reading", () => {
    const items = "<item><title>Down</title><guid>1</guid></item>";
    const later = feed.adapt(xml(rss(items)), { at: "2026-03-01T10:01:00.000Z" }).incidents;
    expect(later.map(updateIds)).toEqual(adapt(items).map(updateIds));
  });

  test.each([
    ["Resolved: API errors", "", "resolved"],
    ["[Monitoring] API errors", "", "monitoring"],
    [
      "API errors",
      "&lt;strong&gt;Identified&lt;/strong&gt; - text &lt;strong&gt;Investigating&lt;/strong&gt;",
      "identified",
    ],
    ["API errors", "Status: Resolved. Thanks.", "resolved"],
    ["API errors", "We think that this is resolved", "unknown"],
    ["Update: the issue is not resolved", "", "unknown"],
    ["constructor: __proto__", "", "unknown"],
  ])("%s (%s) is %s", (title, text, status) => {
    const item = `<item><title>${title}</title><guid>1</guid><description>${text}</description></item>`;
    expect(adapt(item)).toMatchObject([{ status }]);
  });

  test("is one with the other updates of it", () => {
    const item = (hash: string, at: string, title: string) =>
      `<item><title>${title}</title><guid>https://a.dev/incident/9#${hash}</guid><pubDate>${at}</pubDate></item>`;
    const newestFirst =
      item("b", "Sun, 01 Mar 2026 09:00:00 GMT", "Resolved: API") +
      item("a", "Sun, 01 Mar 2026 08:00:00 GMT", "API");
    expect(adapt(newestFirst)).toMatchObject([
      { id: "https://a.dev/incident/9", status: "resolved", updates: [{ status: "" }, { status: "resolved" }] },
    ]);
  });
});

function updateIds({ updates }: { updates: { id: string }[] }): string[] {
  return updates.map(({ id }) => id);
}

function rss(items: string): string {
  return `<rss version="2.0"><channel><title>Acme</title><link>https://a.dev/</link>${items}</channel></rss>`;
}

function read(text: string) {
  return Feed.parse(xml(text));
}

function adapt(items: string) {
  return feed.adapt(xml(rss(items)), told).incidents;
}
