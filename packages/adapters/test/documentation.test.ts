import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import { formats } from "../src/formats.ts";

const services = z
  .array(z.object({ format: z.string().optional() }))
  .parse(JSON.parse(textAt("../../catalog/data/catalog.json")));

describe("the documentation of formats", () => {
  const rows = rowsOf(textAt("../../../docs/formats.md"));

  test("has a row for each format, in order", () => {
    expect(rows.map(({ format }) => format)).toEqual(Object.keys(formats).sort());
  });

  test("counts the services of the catalog that speak each", () => {
    const speaking = (name: string) => services.filter(({ format }) => format === name).length;
    expect(rows).toEqual(rows.map(({ format, link }) => ({ format, link, count: speaking(format) })));
  });

  test("says more where it says that it does", () => {
    expect(rows.filter(({ format, link }) => !textAt(`../../../docs/${link}`).includes(`\`${format}\``))).toEqual(
      [],
    );
  });
});

function rowsOf(page: string): { format: string; link: string; count: number }[] {
  const cells = page.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  return cells.flatMap(([_edge, format = "", ...rest]) => {
    const [, name] = /^`([\w-]+)`$/.exec(format) ?? [];
    const [link = "", count = ""] = rest.slice(4);
    return name === undefined
      ? []
      : [{ format: name, link: /\((.+)\)/.exec(link)?.[1] ?? "", count: Number(count) }];
  });
}

function textAt(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}
