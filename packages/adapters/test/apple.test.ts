import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { compare, nothing, type Comparison } from "@statuswire/status";
import { snapshotOf } from "../src/adapt.ts";
import { urlsOf } from "../src/format.ts";
import { appleTime } from "../src/formats/apple-time.ts";
import { apple } from "../src/formats/apple.ts";

describe("Apple's page", () => {
  test.each([
    ["https://www.apple.com/support/systemstatus", "/support/systemstatus/data/system_status_en_US.js"],
    [
      "https://www.apple.com/support/systemstatus/?locale=ja_JP",
      "/support/systemstatus/data/system_status_ja_JP.js",
    ],
    [
      "https://www.apple.com/support/systemstatus/?locale=../x",
      "/support/systemstatus/data/system_status_en_US.js",
    ],
    ["https://developer.apple.com/system-status/", "/support/systemstatus/data/developer/system_status_en_US.js"],
  ])("%s has its data at %s", (page, path) => {
    const [way = []] = apple.ways;
    expect(urlsOf(way, new URL(page)).map(String)).toEqual([`https://www.apple.com${path}`]);
  });

  test("read over and over tells a maintenance's steps, each once", () => {
    const [upcoming, ongoing, completed] = ["upcoming", "ongoing", "completed"].map(
      (step) => `ja-maintenance-${step}`,
    );
    expect(eventsOf("ja-empty", upcoming, upcoming, ongoing, ongoing, completed, completed)).toEqual([
      "maintenance.scheduled",
      "maintenance.started",
      "component.changed",
      "maintenance.completed",
      "component.changed",
    ]);
  });

  test("tells a maintenance as begun once it has begun for one of its services", () => {
    const service = (serviceName: string, eventStatus: string) => ({
      serviceName,
      events: [
        {
          messageId: "1",
          statusType: "Maintenance",
          eventStatus,
          message: "Soon.",
          epochStartDate: 1767225600000,
        },
      ],
    });
    const services = [service("Maps", "upcoming"), service("Siri", "ongoing")];
    expect(apple.adapt({ services }, { at: "2026-01-01T00:00:00.000Z" }).maintenances).toMatchObject([
      { status: "in_progress", components: [{ name: "Maps" }, { name: "Siri" }] },
    ]);
  });

  test("from an edge that is behind changes nothing", () => {
    expect(eventsOf("ja-maintenance-completed", "ja-maintenance-ongoing", "ja-maintenance-upcoming")).toEqual([]);
  });

  test("that renumbers a message tells nothing new", () => {
    expect(eventsOf("ja-renumbered-before", "ja-renumbered-after", "ja-renumbered-after")).toEqual([]);
  });
});

describe("a time as Apple writes it", () => {
  test.each([
    ["04/26/2021 06:30 PDT", "2021-04-26T13:30:00.000Z"],
    ["12/18/2012 18:37 PST", "2012-12-19T02:37:00.000Z"],
    ["2019/10/12 04:22 JST", "2019-10-11T19:22:00.000Z"],
  ])("%s is %s", (theirs, ours) => {
    expect(appleTime(theirs)).toBe(ours);
  });

  test.each(["26.04.2021 15:30 MESZ", "2019/10/12 04:22 CST", "13/45/2021 06:30 PDT", "04/26/2021 06:30", ""])(
    "is not told by %j",
    (theirs) => {
      expect(appleTime(theirs)).toBeUndefined();
    },
  );
});

/** What these readings, a minute apart, tell after the first, which is the baseline. */
function eventsOf(...cases: readonly (string | undefined)[]): string[] {
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  const { changes } = cases.reduce<Comparison>(
    ({ known, changes }, name, minute) => {
      const told = snapshotOf(apple, textOf(name ?? ""), { at: at(minute) });
      const step = compare(known, told, { at: at(minute), name: "Apple" });
      return { known: step.known, changes: [...changes, ...step.changes.filter(({ initial }) => !initial)] };
    },
    { known: nothing, changes: [] },
  );
  return changes.map(({ type }) => type);
}

function textOf(name: string): string {
  if (name === "ja-empty") return textOf("quiet").replaceAll("Siri", "Apple Pay & ウォレット");
  return readFileSync(fileURLToPath(new URL(`../fixtures/apple/${name}.json`, import.meta.url)), "utf8");
}
