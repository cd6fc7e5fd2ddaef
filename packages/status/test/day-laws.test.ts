import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { daysOf, type Past, retold, type Snapshot } from "../src/index.ts";
import { snapshots } from "./anything.ts";
import { histories, told } from "./history.ts";
import { page } from "./page.ts";
import { days, grown, live, minutes, noPast, type Read } from "./past.ts";

describe("whatever happens on a day", () => {
  test("each second counts once", () => {
    fc.assert(
      fc.property(fc.array(snapshots()), fc.option(fc.constant("a"), { nil: undefined }), (said, id) => {
        const all = days(live(said.map(aMinute)).past, {
          count: 3,
          ...(id === undefined ? {} : { component: id }),
        });
        expect(all.map(({ seconds }) => Object.values(seconds).reduce((sum, one) => sum + one))).toEqual([
          86_400, 86_400, 43_200,
        ]);
      }),
    );
  });

  test("restarts change nothing", () => {
    fc.assert(
      fc.property(fc.array(snapshots()), fc.infiniteStream(fc.boolean()), (said, coin) => {
        const readings = said.map(aMinute);
        const restarted = live(readings, () => coin.next().value === true);
        expect(days(restarted.past)).toEqual(days(live(readings).past));
      }),
    );
  });

  test("the log tells the same trouble", () => {
    fc.assert(
      fc.property(histories(), (steps) => {
        const { past, events } = live([[0, page({})], ...told(steps).map((one, minute): Read => [minute, one])]);
        const again = grown(noPast, { since: past.since ?? 0, ...retold(events) });
        expect(troubled(again)).toEqual(troubled(past));
      }),
    );
  });
});

describe("wherever the reader is", () => {
  test("each day begins when clocks there first show its date, and none is left out", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments(), fc.integer({ min: 1, max: 40 }), (zone, now, count) => {
        const found = beginnings({ timeZone: zone, days: count, now });
        const dateAt = dateIn(zone);
        expect(found.map(({ at }) => dateAt(at))).toEqual(found.map(({ date }) => date));
        expect(found.map(({ at }) => dateAt(at - 1))).toEqual(found.map(({ date }) => dayBefore(date)));
        expect(found.slice(0, -1).map(({ date }) => date)).toEqual(
          found.slice(1).map(({ date }) => dayBefore(date)),
        );
        expect(found.at(-1)?.date).toBe(dateAt(now));
        expect(beginnings({ timeZone: zone, days: 1, now })).toEqual(found.slice(-1));
      }),
    );
  });

  test("days of UTC begin every 86,400 seconds", () => {
    fc.assert(
      fc.property(moments(), (now) => {
        const today = Math.floor(now / 86_400) * 86_400;
        const wanted = [today - 86_400, today].map((at) => ({ at, date: isoDate(at) }));
        expect(beginnings({ timeZone: "UTC", days: 2, now })).toEqual(wanted);
      }),
    );
  });
});

// Clocks are changed at different times of day, by hours and by half of one, and dates begin at 01:00 or twice.
const zones = [
  ...["UTC", "Europe/Berlin", "Africa/Cairo", "Africa/Casablanca", "Atlantic/Azores", "Asia/Beirut"],
  ...["Asia/Kathmandu", "Asia/Tehran", "America/New_York", "America/Nuuk", "America/Sao_Paulo", "America/Havana"],
  ...["America/St_Johns", "Australia/Lord_Howe", "Pacific/Kiritimati", "Pacific/Pago_Pago"],
];

/** Seconds of the years in which a log may have been kept, and of some before. */
function moments(): fc.Arbitrary<number> {
  const [from, until] = [Date.parse("1996-01-01"), Date.parse("2031-01-01")];
  return fc.integer({ min: from / 1000, max: until / 1000 });
}

/** Each day's date, and when it begins as far as its seconds and those of the days after it tell. */
function beginnings(wanted: { timeZone: string; days: number; now: number }): { at: number; date: string }[] {
  let at = wanted.now;
  const latest = daysOf(noPast, wanted).toReversed();
  return latest.map(({ date, seconds }) => ({ at: (at -= seconds.unknown), date })).toReversed();
}

/** The date that clocks show, as Swedes write it. */
function dateIn(timeZone: string): (at: number) => string {
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
  return (at) => clock.format(at * 1000);
}

function dayBefore(date: string): string {
  return isoDate(Date.parse(date) / 1000 - 86_400);
}

function isoDate(at: number): string {
  return new Date(at * 1000).toISOString().slice(0, 10);
}

function aMinute(told: Snapshot, minute: number): Read {
  return [minute, told];
}

function troubled(past: Past): Record<string, number> {
  const { unknown: _unknown, operational: _operational, ...trouble } = minutes(past);
  return trouble;
}
