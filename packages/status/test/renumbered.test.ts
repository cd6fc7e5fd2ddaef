import { describe, expect, test } from "@jest/globals";
import { incident, page, replay, types } from "./page.ts";

const mail = { title: "Mail", marks: ["mail@10:00"] };
const first = page({ incidents: [incident("1", [[1, "investigating"]], mail)] });
const renumbered = page({ incidents: [incident("2", [[1, "investigating"]], mail)] });
const resolved = page({
  incidents: [
    incident(
      "2",
      [
        [1, "investigating"],
        [5, "resolved"],
      ],
      mail,
    ),
  ],
});
const other = page({
  incidents: [incident("2", [[1, "investigating"]], { title: "Maps", marks: ["maps@10:00"] })],
});
const both = page({
  incidents: [incident("1", [[1, "investigating"]], mail), incident("2", [[1, "investigating"]], mail)],
});

describe("an incident under a new id", () => {
  test("is the one that we know by the same mark, and that is gone", () => {
    expect(types(replay(page({}), first, renumbered, renumbered, resolved, resolved).changes)).toEqual([
      "incident.opened",
      "incident.resolved",
    ]);
  });

  test("is another one when nothing marks it as the same", () => {
    expect(types(replay(page({}), first, other).changes)).toEqual(["incident.opened", "incident.opened"]);
  });

  test("is another one while the one with that mark is still told of", () => {
    expect(types(replay(page({}), first, both).changes)).toEqual(["incident.opened", "incident.opened"]);
  });

  test("is the first of two that bear its mark; the other is another one", () => {
    const two = page({
      incidents: [incident("2", [[1, "investigating"]], mail), incident("3", [[1, "investigating"]], mail)],
    });
    const { known, changes } = replay(page({}), first, two);
    expect([types(changes), [...known.incidents.keys()]]).toEqual([
      ["incident.opened", "incident.opened"],
      ["1", "3"],
    ]);
  });

  test("carries its marks into no event", () => {
    expect(replay(page({}), first).changes[0]?.incident).not.toHaveProperty("marks");
  });
});
