import { formatNamed } from "@statuswire/adapters";
import { services } from "@statuswire/catalog";
import { describe, expect, test } from "@jest/globals";
import { parseConfig } from "../src/index.ts";

describe("every service in the catalog", () => {
  test("can be watched by its id alone", () => {
    const ids = services().map(({ id }) => id);
    expect(parseConfig(JSON.stringify({ providers: ids }), {}).providers.map(({ id }) => id)).toEqual(ids);
  });

  test("speaks a format that an adapter hears, as far as anybody knows", () => {
    const named = new Set(services().flatMap(({ format }) => (format === undefined ? [] : [format])));
    expect([...named].filter((format) => !formatNamed(format))).toEqual([]);
  });
});
