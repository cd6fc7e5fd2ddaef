import { describe, expect, test } from "@jest/globals";
import { digest, disabled, type Event, settled, unstable } from "@statuswire/status";
import { message } from "../src/index.ts";
import { componentChanged, hostile, incident, opened, reopened, resolved, worse } from "./events.ts";

describe("a message's headline", () => {
  test("says how bad it is by icon and word", () => {
    expect(message(opened).headline).toBe("▲ Discord (2 components affected): Degraded");
  });

  test("says what it was when that is known", () => {
    expect(message(worse, { before: { level: "minor", word: "Degraded" } }).headline).toMatch(
      /Major outage \(was Degraded\)$/,
    );
  });

  test("says that it is back", () => {
    expect(message(reopened).headline).toMatch(/^◐ .*: Partial outage \(reopened\)$/);
  });

  test("leaves the title to its own line", () => {
    expect(message({ ...opened, product: "Discord - Elevated API errors" })).toMatchObject({
      service: "Discord",
      title: "Elevated API errors",
    });
  });

  test.each([
    ["operational", "✓", "Operational"],
    ["degraded_performance", "▲", "Degraded"],
    ["partial_outage", "◐", "Partial outage"],
    ["major_outage", "✕", "Major outage"],
    ["under_maintenance", "🔧", "Under maintenance"],
    ["unknown", "?", "Unknown state"],
  ] as const)("tells a component that is %s by its shape", (status, icon, word) => {
    const changed = { ...componentChanged, component: { id: "c", name: "C", from: "unknown" as const, status } };
    expect(message(changed)).toMatchObject({ icon, word, isOver: status === "operational" });
  });

  test("is never green by a word that we don't know", () => {
    const odd: Event = { ...opened, incident: { ...incident, status: "unknown", impact: "unknown" } };
    expect(message(odd)).toMatchObject({ level: "minor", isOver: false });
  });

  test.each([
    ["Operational", true, "calm"],
    ["Critical Impact", false, "critical"],
    ["Unknown Impact", false, "notice"],
  ])("reads a page's own word: %s", (status, isOver, level) => {
    const { incident: _incident, ...page } = opened;
    expect(message({ ...page, type: "page.changed", status })).toMatchObject({ isOver, level });
  });
});

describe("a message's facts", () => {
  test("say since when, the phase, and how long after the vendor we saw it", () => {
    expect(message(opened).facts).toBe(
      "since 14:30 UTC (3m) · Investigating · seen 1m 41s after the vendor posted",
    );
  });

  test("say how long it took, once it is over", () => {
    expect(message(resolved).facts).toBe("14:30–15:10 UTC (40m) · seen 5s after the vendor posted");
  });

  test("say the day when that is another", () => {
    const days: Event = {
      ...resolved,
      incident: {
        ...incident,
        status: "resolved",
        resolvedAt: resolved.timestamp,
        startedAt: "2025-10-31T23:50:00.000Z",
      },
    };
    expect(message(days).facts).toMatch(/^31 Oct 23:50 – 15:10 UTC \(2d 15h\)/);
  });

  test("say that we concluded it when the vendor did not say it", () => {
    expect(message({ ...resolved, inferred: true }).facts).toMatch(/concluded by us, not said by the vendor$/);
  });

  test("don't say that we saw it before it was posted", () => {
    expect(message({ ...opened, observedAt: "2025-11-03T14:31:00.000Z" }).facts).not.toMatch(/seen/);
  });
});

describe("a message's words", () => {
  test("are left out where they say only what the headline says", () => {
    expect(message({ ...opened, status: "Investigating" }).text).toBeUndefined();
  });

  test("hold no control characters and no second line", () => {
    expect(JSON.stringify(message(hostile))).not.toMatch(/\\[rnu]/);
  });

  test("name five parts and count the others", () => {
    const components = ["a", "b", "c", "d", "e", "f", "g"].map((name) => ({ name }));
    expect(message({ ...opened, incident: { ...incident, components } }).parts).toBe("a, b, c, d, e and 2 more");
  });
});

describe("a message's links", () => {
  test.each(["javascript:alert(1)", "data:text/html,x", "https://user:pass@evil.example/", "no url", ""])(
    "leave out %s",
    (url) => {
      expect(message({ ...opened, url }).links).toEqual([]);
    },
  );

  test("hold nothing that ends a link where it is shown", () => {
    expect(message(hostile).links[0]?.url).not.toMatch(/[|()[\]<>"'\s]/);
  });

  test("lead to the vendor and to our page", () => {
    const links = message(opened, { page: "https://status.acme.dev/events/1" }).links;
    expect(links.map(({ label }) => label)).toEqual(["Status page", "Timeline"]);
  });
});

describe("a digest", () => {
  const news = digest([opened, { ...componentChanged, product: "Discord\nMedia" }]);

  test("is a message with a line for each piece of news", () => {
    expect(message(news)).toMatchObject({ step: "opened", icon: "≡", word: "Digest", level: "notice" });
    expect(message(news).text?.split("\n")).toEqual([
      expect.stringMatching(/^14:32 UTC Discord \(2 components affected\): Investigating: We are seeing/),
      "16:00 UTC Discord Media: Partial Outage",
    ]);
  });
});

describe("a notice", () => {
  test("that a component is unstable stands as trouble until it has settled", () => {
    const green = { ...componentChanged, component: { ...media, status: "operational" as const } };
    expect(message(unstable(green))).toMatchObject({ word: "Unstable", isOver: false, step: "opened" });
    expect(message(settled(green))).toMatchObject({ word: "Operational", isOver: true, step: "resolved" });
  });

  test("that our own network is down stands as trouble until it is back", () => {
    const network = {
      ...componentChanged,
      component: undefined,
      provider: "statuswire",
      product: "Statuswire network",
    };
    const lost = message({ ...network, type: "network.lost", status: "Our own network is down." });
    expect([lost.headline, lost.step, lost.isOver]).toEqual([
      "✕ Statuswire network: Network down",
      "opened",
      false,
    ]);
    const back = message({ ...network, type: "network.restored", status: "It is back." });
    expect([back.headline, back.step, back.isOver]).toEqual([
      "✓ Statuswire network: Network back",
      "resolved",
      true,
    ]);
  });

  test("that a sink is disabled says which, and what to do", () => {
    expect(message(disabled(opened, "team"))).toMatchObject({
      headline: "✕ Statuswire sink team: Sink disabled",
      text: expect.stringContaining("npm run -s statuswire -- sinks enable team"),
    });
  });
});

const media = { id: "media", name: "Media Proxy", status: "partial_outage", from: "operational" } as const;
