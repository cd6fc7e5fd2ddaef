import { describe, expect, test } from "@jest/globals";
import { type KnownIncident, seconds, stretchesOfIncident } from "../src/index.ts";
import { at, incident } from "./page.ts";

describe("the time for which an incident was open", () => {
  test("is not cut short by an end from before it began, such as that of what it follows", () => {
    const course = [
      [3, "resolved"],
      [9, "resolved"],
    ] as const;
    expect(stretchesOfIncident(known(incident("i", course, { startedAt: at(5) })))).toEqual([
      { from: seconds(at(5)), until: seconds(at(9)) },
    ]);
  });
});

function known(told: ReturnType<typeof incident>): KnownIncident {
  return { ...told, updatedAt: told.updatedAt ?? at(0), toldAt: at(9) };
}
