import { describe, expect, test } from "@jest/globals";
import { draftOf } from "../src/draft.ts";

const known = new Map([
  ["a", { name: "A" }],
  ["b", { name: "B" }],
]);

describe("a draft of what is known", () => {
  test("is the very map that it began with while nothing has changed", () => {
    const draft = draftOf(known);
    for (const [id, item] of known) draft.set(id, item);
    draft.delete("c");
    expect(draft.current()).toBe(known);
  });

  test("says what was set and deleted, and leaves what it began with as it was", () => {
    const draft = draftOf(known);
    draft.set("c", { name: "C" });
    draft.delete("a");
    expect([...draft.current().keys()]).toEqual(["b", "c"]);
    expect([draft.get("a"), draft.get("c")]).toEqual([undefined, { name: "C" }]);
    expect([...known.keys()]).toEqual(["a", "b"]);
  });
});
