import { expect, test } from "@jest/globals";
import { kindOf } from "../src/index.ts";

test.each([
  ["observations-03", "observations"],
  ["polls-127", "polls"],
  ["deliveries", "deliveries"],
  ["dead-letters", "dead-letters"],
])("%s is a queue of the kind %s", (queue = "", kind = "") => {
  expect(kindOf(queue)).toBe(kind);
});
