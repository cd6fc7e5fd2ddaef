import { describe, expect, test } from "@jest/globals";
import { after, at, incident, push, replay, types } from "./page.ts";

describe("a relayed notice", () => {
  const says = (word: string, minute: number) =>
    push({
      incidents: [
        {
          ...incident("n", [], { unlisted: true, updatedAt: at(minute) }),
          updates: [{ id: word, status: "investigating", body: word, at: at(minute) }],
        },
      ],
    });

  test("is told each time its words change, also back to words it had before", () => {
    const { changes } = replay(says("A", 0), says("B", 1), says("A", 2), says("A", 3), says("B", 4), says("C", 5));
    expect(changes.map(({ status }) => status)).toEqual(["A", "B", "A", "B", "C"]);
    expect(new Set(changes.map(({ key }) => key)).size).toBe(5);
  });

  test("delivered once more is no news", () => {
    const { changes } = replay(says("A", 0), says("B", 1), says("C", 2), says("B", 1), says("A", 0), says("C", 2));
    expect(changes.map(({ status }) => status)).toEqual(["A", "B", "C"]);
  });

  test("is remembered only so far back", () => {
    const known = after(...Array.from({ length: 80 }, (_none, minute) => says(`word ${minute}`, minute)));
    expect(known.incidents.get("n")?.updates).toHaveLength(50);
  });
});

describe("a relayed notice with more words than we remember", () => {
  const course = Array.from({ length: 55 }, (_none, minute) => [minute, "identified"] as const);
  const long = push({ incidents: [incident("n", course, { unlisted: true })] });

  test("is no news when it is delivered once more", () => {
    expect(types(replay(long, long, long, long).changes)).toEqual(["incident.opened"]);
  });
});
