import { expect, test } from "@jest/globals";
import { stateAt } from "../src/window.ts";

const [before, from, during, until] = [
  "2026-01-01T09:59:59.999Z",
  "2026-01-01T10:00:00.000Z",
  "2026-01-01T10:30:00.000Z",
  "2026-01-01T11:00:00.000Z",
];

test.each([
  [before, "scheduled"],
  [from, "in_progress"],
  [during, "in_progress"],
  [until, "completed"],
])("at %s a maintenance from ten to eleven is %s", (at, status) => {
  expect(stateAt({ from, until }, at)).toBe(status);
});

test("a maintenance without an end goes on", () => {
  expect(stateAt({ from }, "2027-01-01T00:00:00.000Z")).toBe("in_progress");
});
