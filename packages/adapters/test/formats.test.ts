import { describe, expect, test } from "@jest/globals";
import { formatNamed } from "../src/adapt.ts";
import { urlsOf } from "../src/format.ts";
import { formats } from "../src/formats.ts";

describe("a format's name", () => {
  test.each([
    ["statuspage", formats.statuspage],
    ["Statuspage-Webhook", formats.statuspage],
    ["incidentio-proxy", formats.incidentio],
    ["google-workspace", formats["google-workspace"]],
    ["gworkspace", formats["google-workspace"]],
    ["uptime_kuma", formats["uptime-kuma"]],
    ["incident.io-compat", formats.incidentio],
    ["rss", formats.feed],
  ])("%s is known", (name, format) => {
    expect(formatNamed(name)).toBe(format);
  });

  test.each(["", "constructor", "__proto__", "status", "webhook-statuspage"])("%j is not", (name) => {
    expect(formatNamed(name)).toBeUndefined();
  });
});

test("incident.io is asked for what its own page is made of, then as if it were Statuspage, then for its feed", () => {
  const page = new URL("https://status.openai.com/");
  expect(formats.incidentio.ways.map((way) => urlsOf(way, page).map(String))).toEqual([
    ["https://status.openai.com/proxy/status.openai.com"],
    ["https://status.openai.com/api/v2/summary.json"],
    ["https://status.openai.com/feed.atom"],
  ]);
});

test("an incident's closing words are asked for where its id can do no harm", () => {
  const url = formats.statuspage.incidentUrl?.(new URL("https://status.example.com/x"), "../../a?b");
  expect(String(url)).toBe("https://status.example.com/api/v2/incidents/..%2F..%2Fa%3Fb.json");
});
