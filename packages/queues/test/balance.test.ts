import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { balance } from "../src/index.ts";

const none = (count: number): undefined[] => Array.from({ length: count }, () => undefined);
const even = (count: number): number[] => Array.from({ length: count }, () => 1);

describe("the shares of workers", () => {
  test("are nothing while there are no workers", () => {
    expect(balance({ workers: [], owners: none(4), loads: even(4) })).toEqual(none(4));
  });

  test("are everything for the only one", () => {
    expect(balance({ workers: ["a"], owners: none(4), loads: even(4) })).toEqual(["a", "a", "a", "a"]);
  });

  test.each([2, 4, 8, 16])("are equal among %d where all partitions make the same work", (count) => {
    const workers = Array.from({ length: count }, (_, index) => `worker-${index}`);
    const assigned = balance({ workers, owners: none(16), loads: even(16) });
    expect(workers.map((worker) => assigned.filter((owner) => owner === worker).length)).toEqual(
      workers.map(() => 16 / count),
    );
  });

  test("leave some without a partition where there are more workers than partitions", () => {
    const assigned = balance({ workers: ["a", "b", "c"], owners: none(2), loads: even(2) });
    expect(new Set(assigned).size).toBe(2);
  });

  test("go by load: one heavy partition weighs as much as many light ones", () => {
    const assigned = balance({ workers: ["a", "b"], owners: none(5), loads: [4, 1, 1, 1, 1] });
    expect(assigned.filter((owner) => owner === assigned[0])).toHaveLength(1);
  });

  test("stay as they are while they are even", () => {
    const owners = ["b", "a", "b", "a"];
    expect(balance({ workers: ["a", "b"], owners, loads: even(4) })).toEqual(owners);
  });

  test("stay as they are while a move would change little", () => {
    const owners = ["a", "a", "b", "b"];
    expect(balance({ workers: ["a", "b"], owners, loads: [1.04, 1.04, 1, 1] })).toEqual(owners);
  });

  test("of one that is gone go to the others, and nothing else moves", () => {
    const owners = ["a", "b", undefined, "a", "b", undefined];
    const assigned = balance({ workers: ["a", "b"], owners, loads: even(6) });
    expect(assigned.map((owner, index) => owners[index] ?? owner)).toEqual(assigned);
    expect(assigned.filter((owner) => owner === "a")).toHaveLength(3);
  });

  test("of one that has come are taken from those who have most", () => {
    const owners = ["a", "a", "a", "a", "b", "b"];
    const assigned = balance({ workers: ["a", "b", "c"], owners, loads: even(6) });
    expect(["a", "b", "c"].map((worker) => assigned.filter((owner) => owner === worker).length)).toEqual([
      2, 2, 2,
    ]);
  });

  test("are the same in every process that sees the same, and leave no partition without a worker", () => {
    const worker = fc.constantFrom("a", "b", "c", "d", "e");
    const partition = fc.record({
      owner: fc.option(worker, { nil: undefined }),
      load: fc.integer({ min: 0, max: 500 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(worker, { minLength: 1 }),
        fc.array(partition, { minLength: 1, maxLength: 32 }),
        (workers, partitions) => {
          const owners = partitions.map(({ owner }) =>
            owner !== undefined && workers.includes(owner) ? owner : undefined,
          );
          const loads = partitions.map(({ load }) => load);
          const assigned = balance({ workers, owners, loads });
          expect(balance({ workers: workers.toReversed(), owners, loads })).toEqual(assigned);
          expect(assigned.filter((owner) => !workers.some((worker) => worker === owner))).toEqual([]);
          expect(balance({ workers, owners: assigned, loads })).toEqual(assigned);
        },
      ),
    );
  });

  test("are within a tenth of the best for the loads of a hundred pages on sixteen partitions", () => {
    const page = fc.integer({ min: 0, max: 15 });
    fc.assert(
      fc.property(fc.array(page, { minLength: 100, maxLength: 100 }), fc.constantFrom(2, 4), (pages, count) => {
        const loads = Array.from(
          { length: 16 },
          (_, partition) => pages.filter((one) => one === partition).length,
        );
        const workers = Array.from({ length: count }, (_, index) => `worker-${index}`);
        const assigned = balance({ workers, owners: none(16), loads });
        const shares = workers.map((worker) =>
          loads.reduce((sum, load, partition) => sum + (assigned[partition] === worker ? load : 0), 0),
        );
        expect(Math.max(...shares)).toBeLessThanOrEqual(Math.max(Math.max(...loads), 100 / count) * 1.1 + 1);
      }),
    );
  });
});
