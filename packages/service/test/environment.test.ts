import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { port, readEnvironment } from "../src/index.ts";

const Variables = z.object({ TEST_PORT: port.default(8000), TEST_NAME: z.string().default("acme") });

describe("the environment", () => {
  test("has its defaults", () => {
    expect(readEnvironment(Variables, {})).toEqual({ TEST_PORT: 8000, TEST_NAME: "acme" });
  });

  test("that leaves a variable blank has not set it", () => {
    expect(readEnvironment(Variables, { TEST_PORT: "", TEST_NAME: "  " })).toEqual({
      TEST_PORT: 8000,
      TEST_NAME: "acme",
    });
  });

  test.each(["65536", "-1", "80.5", "http"])("takes no %s for a port", (given) => {
    expect(() => readEnvironment(Variables, { TEST_PORT: given })).toThrow("TEST_PORT");
  });

  test("says what a number is to be that is none", () => {
    const Numbers = z.object({ TEST_PORT: port, TEST_SECONDS: z.coerce.number().int() });
    const reading = () => readEnvironment(Numbers, { TEST_PORT: "abc", TEST_SECONDS: "soon" });
    expect(reading).toThrow(
      /A port is a number, e\.g\. 8000\.\n.*TEST_PORT\n.*This must be a number\.\n.*TEST_SECONDS/,
    );
    expect(reading).not.toThrow("NaN");
  });
});
