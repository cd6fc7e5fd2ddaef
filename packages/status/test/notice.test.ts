import { describe, expect, test } from "@jest/globals";
import { digest, disabled, type Event, settled, subjectOf, unstable } from "../src/index.ts";
import { changed, incidentNews, news } from "./news.ts";

describe("a digest", () => {
  const opened = incidentNews("incident.opened", 10);
  const resolved = incidentNews("incident.resolved", 20);
  const stale = news("source.stale", 15, { provider: "other", product: "Other", status: "Not\nreporting" });

  test("says of each subject the newest, in the order in which they began", () => {
    expect(digest([opened, stale, resolved]).status.split("\n")).toEqual([
      "10:20 UTC Acme: Resolved: News.",
      "10:15 UTC Other: Not reporting",
    ]);
  });

  test("is in the place of its last event, and no incident of anybody's", () => {
    expect(digest([opened, stale, resolved])).toMatchObject({
      type: "digest",
      seq: resolved.seq,
      provider: "several",
    });
    expect(digest([opened, resolved])).not.toHaveProperty("incident");
  });

  test("is what it is made of, each time", () => {
    expect(digest([opened, stale]).id).toBe(digest([opened, stale]).id);
    expect(digest([opened, stale]).id).not.toBe(digest([opened, resolved]).id);
  });
});

describe("a notice", () => {
  test.each<[string, Event, string]>([
    [
      "that a component is unstable",
      unstable(changed("major_outage")),
      "API keeps changing; now it is major outage.",
    ],
    ["that it has settled", settled(changed("operational")), "API has settled: it is operational."],
    [
      "that a sink is disabled",
      disabled(changed("operational"), "team"),
      "npm run -s statuswire -- sinks enable team",
    ],
  ])("%s says so", (_what, notice, words) => {
    expect(notice.status).toContain(words);
  });

  test("of a component is about that, and one of a sink about the sink", () => {
    const event = changed("major_outage");
    expect(subjectOf(unstable(event))).toBe(subjectOf(event));
    expect(subjectOf(disabled(event, "team"))).toBe("Statuswire sink team");
  });
});
