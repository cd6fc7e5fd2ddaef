import { describe, expect, test } from "@jest/globals";
import {
  networkLost,
  networkRestored,
  nothing,
  phaseOf,
  recollect,
  severityOf,
  stalenessOf,
  stillHolds,
  subjectOf,
} from "../src/index.ts";
import { news } from "./news.ts";
import { after, at, component, page } from "./page.ts";

const [lost, restored] = [news("network.lost", 10, us()), news("network.restored", 20, us())];

describe("that our own network is down", () => {
  test("says how many hosts cannot be reached, and what to check", () => {
    const { status } = networkLost({ at: at(10), down: 299, hosts: 300 });
    expect(status).toContain("299 of 300 hosts cannot be reached");
    expect(status).toContain("Check the connection");
  });

  test("says afterwards for how long", () => {
    expect(networkRestored({ at: at(22), lostAt: at(10) }).status).toContain("back after 12 minutes");
  });

  test("begins and ends one subject, which is as bad as a major incident", () => {
    expect([phaseOf(lost), phaseOf(restored)]).toEqual(["onset", "end"]);
    expect(subjectOf(lost)).toBe(subjectOf(restored));
    expect(severityOf(lost)).toBe("major");
  });

  test("holds until it is back", () => {
    const known = recollect(nothing, lost);
    expect(stillHolds(lost, known)).toBe(true);
    expect(stillHolds(lost, recollect(known, restored))).toBe(false);
  });
});

describe("what is known of a provider", () => {
  const known = after(page({ components: [component("api", "operational")] }));
  const failing = { failures: 3, failingSince: at(0), polledAt: at(9), outcome: "unreachable" };
  const stalenessAt = (minute: number, more: Partial<Parameters<typeof stalenessOf>[0]> = {}) =>
    stalenessOf({
      ...{ known, reading: failing, network: {}, everySeconds: 60, now: Date.parse(at(minute)) },
      ...more,
    });

  test("is stale from the second on in which its page has failed for ten minutes", () => {
    expect(stalenessAt(9.99)).toBeUndefined();
    expect(stalenessAt(10)).toEqual({ since: at(10), reason: "unreachable" });
  });

  test("is stale after three intervals, where these are longer", () => {
    expect(stalenessAt(29, { everySeconds: 600 })).toBeUndefined();
    expect(stalenessAt(30, { everySeconds: 600 })).toMatchObject({ since: at(30) });
  });

  test("is stale at once while our own network is down", () => {
    expect(stalenessAt(5, { network: { lostAt: at(4) } })).toMatchObject({ since: at(4) });
  });

  test("is not held against its page for the time without a network", () => {
    expect(stalenessAt(30, { network: { restoredAt: at(25) } })).toMatchObject({
      reason: expect.stringContaining("polls"),
    });
    expect(stalenessAt(35, { network: { restoredAt: at(25) } })).toEqual({ since: at(35), reason: "unreachable" });
  });

  test("is stale when nobody polls it", () => {
    const reading = { failures: 0, polledAt: at(0) };
    expect(stalenessAt(10, { reading })).toBeUndefined();
    expect(stalenessAt(11, { reading })).toMatchObject({ reason: "nobody polls it; is a worker running?" });
  });
});

function us() {
  return { provider: "statuswire", product: "Statuswire network" };
}
