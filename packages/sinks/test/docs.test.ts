import { readdir, readFile } from "node:fs/promises";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { type Kind, kinds } from "../src/index.ts";

const folder = new URL("../../../docs/sinks/", import.meta.url);
const headings = ["What it is for", "Set it up", "Options", "What a message looks like", "When it fails"];
const Described = z.object({ properties: z.record(z.string(), z.unknown()) });
const Schema = z.union([
  Described.transform((one) => [one]),
  z.object({ anyOf: z.array(Described) }).transform(({ anyOf }) => anyOf),
]);

describe("the documentation", () => {
  test("has a page for each kind of sink, and no other", async () => {
    const pages = (await readdir(folder)).filter((name) => name !== "README.md");
    expect(pages.toSorted()).toEqual(
      Object.keys(kinds)
        .map((kind) => `${kind}.md`)
        .toSorted(),
    );
  });

  test.each(Object.entries<Kind>(kinds))(
    "of %s has the usual headings and names its options",
    async (kind, { options }) => {
      const page = await readFile(new URL(`${kind}.md`, folder), "utf8");
      expect([...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(headings);
      expect(rowsOf(page).toSorted()).toEqual(namesOf(options).toSorted());
    },
  );
});

function rowsOf(page: string): string[] {
  return [...page.matchAll(/^\| `(\w+)` /gm)].map(([, name = ""]) => name);
}

function namesOf(options: z.ZodType): string[] {
  const described = Schema.parse(z.toJSONSchema(options, { io: "input" }));
  return [...new Set(described.flatMap(({ properties }) => Object.keys(properties)))];
}
