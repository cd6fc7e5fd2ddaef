import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Past, retold, type Snapshot } from "../src/index.ts";
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

function aMinute(told: Snapshot, minute: number): Read {
  return [minute, told];
}

function troubled(past: Past): Record<string, number> {
  const { unknown: _unknown, operational: _operational, ...trouble } = minutes(past);
  return trouble;
}
