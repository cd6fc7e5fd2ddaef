import { describe, expect, test } from "@jest/globals";
import { type Batch, jobVersion, legible, pack, PackingError, unpacked } from "../src/index.ts";
import { observation } from "./stage.ts";

const short: Batch = { v: 1, observations: [observation("o1")] };
const body = JSON.stringify({
  components: Array.from({ length: 100 }, (_, index) => ({ id: `c${index}`, up: true })),
});
const long: Batch = { v: 1, observations: ["o1", "o2", "o3"].map((id) => ({ ...observation(id), body })) };

describe("a batch in a job", () => {
  test("is carried as it is when it is short", () => {
    expect(pack(short)).toBe(short);
  });

  test("is carried packed when it is long, in less room, and is what it was once it is unpacked", () => {
    const carried = pack(long);
    expect(JSON.stringify(carried).length).toBeLessThan(JSON.stringify(long).length / 5);
    expect(unpacked(carried)).toEqual(long);
  });

  test("is long by what a page's other endpoints said, too", () => {
    const batch: Batch = { v: 1, observations: [{ ...observation("o1"), also: [body, body] }] };
    expect(pack(batch)).toHaveProperty("packed");
  });

  test("is a newer version's to whom can't unpack it", () => {
    expect(pack(long).v).toBeGreaterThan(jobVersion);
  });
});

describe("what a job carries", () => {
  test.each([[short], [{ v: 2, tellings: [] }], ["nothing of ours"], [null]])("is left as it is: %j", (data) => {
    expect(unpacked(data)).toBe(data);
  });

  test("is refused when it is packed and was cut off", () => {
    const cut = { v: 2, packed: (pack(long) as { packed: string }).packed.slice(0, 100) };
    expect(() => unpacked(cut)).toThrow(PackingError);
    expect(legible(cut)).toBe(cut);
  });
});
