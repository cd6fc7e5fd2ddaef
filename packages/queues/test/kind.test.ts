import { expect, test } from "@jest/globals";
import { kindOf, queueNames } from "../src/index.ts";

test.each([
  ["observations-03", "observations"],
  ["polls-127", "polls"],
  ...queueNames.map((name) => [name, name]),
])("%s is a queue of the kind %s", (queue = "", kind = "") => {
  expect(kindOf(queue)).toBe(kind);
});
