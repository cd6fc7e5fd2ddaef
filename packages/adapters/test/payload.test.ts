import { describe, expect, test } from "@jest/globals";
import { PayloadError } from "@statuswire/status";
import { z } from "zod";
import {
  coverage,
  defined,
  epochMilliseconds,
  expectedList,
  history,
  id,
  identity,
  list,
  numbered,
  optional,
  parsePayload,
  section,
  text,
  time,
  word,
} from "../src/payload.ts";

const entry = z.object({ id });

describe("a time", () => {
  test.each([
    ["2026-03-29T03:30:00+02:00", "2026-03-29T01:30:00.000Z"],
    ["2026-03-29T01:40:00.5+01:00", "2026-03-29T00:40:00.500Z"],
    ["2021-08-17T13:28:57.801578Z", "2021-08-17T13:28:57.801Z"],
  ])("%s is %s", (theirs, ours) => {
    expect(time.parse(theirs)).toBe(ours);
  });

  test.each(["2026-03-29T03:30:00", "2026-02-30T00:00:00Z", "0000-01-01T00:00:00+23:59", "now", ""])(
    "is not %j",
    (theirs) => {
      expect(time.safeParse(theirs).success).toBe(false);
    },
  );

  test.each([Number.NaN, -1, 1e308])("is not %d milliseconds", (theirs) => {
    expect(epochMilliseconds.safeParse(theirs).success).toBe(false);
  });
});

describe("an identity", () => {
  test.each([
    ["abc", "abc"],
    [17, "17"],
  ])("%j is %j", (theirs, ours) => {
    expect(id.parse(theirs)).toBe(ours);
  });

  test.each(["", "x".repeat(501), 1.5, 2 ** 53, null])("is not %j", (theirs) => {
    expect(id.safeParse(theirs).success).toBe(false);
  });

  test("that we make is readable, and short enough for a key", () => {
    expect(identity("resolved", "2026")).toBe("resolved|2026");
    expect(identity("x".repeat(9000))).toHaveLength(500);
  });
});

describe("text", () => {
  test.each([undefined, null, "", "None"])("is nothing when it is %j", (theirs) => {
    expect(text.parse(theirs)).toBeUndefined();
  });
});

describe("a list", () => {
  test("loses an odd entry, and is then not whole", () => {
    expect(list(entry).parse([{ id: "a" }, { id: null }])).toEqual({ entries: [{ id: "a" }], whole: false });
  });

  test.each([
    ["list", list(entry), undefined, "full"],
    ["list", list(entry), null, "full"],
    ["list", list(entry), "none", "partial"],
    ["section", section(entry), undefined, "partial"],
    ["section", section(entry), null, "full"],
    ["expected list", expectedList(entry), undefined, "partial"],
    ["expected list", expectedList(entry), null, "partial"],
    ["expected list", expectedList(entry), [], "full"],
  ])("as a %s that is %s%j is covered: %s", (_kind, schema, theirs, expected) => {
    expect(coverage(schema.parse(theirs))).toBe(expected);
  });
});

describe("a word", () => {
  test.each(["constructor", "__proto__", "toString", ""])("%j is no state", (theirs) => {
    expect(word({ up: "operational" })(theirs)).toBe("unknown");
  });

  test.each(["Under Maintenance", "under-maintenance", "UNDER_MAINTENANCE", " under maintenance "])(
    "%j is known, however it is written",
    (theirs) => {
      expect(word({ under_maintenance: "maintenance" })(theirs)).toBe("maintenance");
    },
  );
});

test("a decoration of the wrong type is left out", () => {
  expect(z.object({ url: optional(text) }).parse({ url: 7 }).url).toBeUndefined();
});

test("what is undefined is absent", () => {
  expect(Object.keys(defined({ a: 1, b: undefined }))).toEqual(["a"]);
});

test("a history is told oldest first, each update once, as last edited", () => {
  const update = (id: string, minute: number, body: string) => ({
    id,
    status: "s",
    body,
    at: `2026-01-01T00:0${minute}`,
  });
  const told = [update("b", 2, "second"), update("a", 3, "edited"), update("a", 1, "first")];
  expect(history(told).map(({ body }) => body)).toEqual(["second", "edited"]);
});

test("a payload in another shape is refused with the place where it is wrong", () => {
  expect(() => parsePayload(entry, {})).toThrow(PayloadError);
  expect(() => parsePayload(entry, {})).toThrow(/at id/);
});

describe("entries without ids", () => {
  test("are told apart by their time, and by their place where two have the same", () => {
    const [one, other] = ["2026-03-29T01:30:00.000Z", "2026-03-29T02:30:00.000Z"];
    const ids = numbered([{ at: one }, { at: other }, { at: one }]).map(({ id }) => id);
    expect(ids).toEqual([one, other, `${one}|2`]);
  });
});
