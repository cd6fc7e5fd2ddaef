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

describe("incident.io", () => {
  test("is asked for what its own page is made of, as if it were Statuspage, as a widget does, then for its feed", () => {
    expect(asked("https://status.openai.com/")).toEqual([
      "https://status.openai.com/proxy/status.openai.com",
      "https://status.openai.com/api/v2/summary.json",
      "https://status.openai.com/api/v1/summary",
      "https://status.openai.com/feed.atom",
    ]);
  });

  test("is asked for a sub-page of its own, never for the parent's", () => {
    expect(asked("https://status.acme.com/europe")).toEqual([
      "https://status.acme.com/europe",
      "https://status.acme.com/europe/api/v2/summary.json",
      "https://status.acme.com/europe/api/v1/summary",
      "https://status.acme.com/europe/feed.atom",
    ]);
  });

  test.each(["history", "incidents/01KE3T1V2N8G5W7X9YAB4CDEFH"])(
    "is asked the same when its page is given as %s",
    (path) => {
      expect(asked(`https://status.openai.com/${path}`)).toEqual(asked("https://status.openai.com/"));
      expect(asked(`https://status.acme.com/europe/${path}`)).toEqual(asked("https://status.acme.com/europe"));
    },
  );

  function asked(page: string): string[] {
    return formats.incidentio.ways.flatMap((way) => urlsOf(way, new URL(page)).map(String));
  }
});

test("an incident's closing words are asked for where its id can do no harm", () => {
  const url = formats.statuspage.incidentUrl?.(new URL("https://status.example.com/x"), "../../a?b");
  expect(String(url)).toBe("https://status.example.com/api/v2/incidents/..%2F..%2Fa%3Fb.json");
});
