import { describe, expect, test } from "@jest/globals";
import { readArguments } from "../src/arguments.ts";
import { subjects } from "../src/subjects.ts";

describe("the command line", () => {
  test("without a name means every subject", () => {
    expect(readArguments([], subjects).subjects).toEqual(subjects);
  });

  test("names the subjects to run", () => {
    const { subjects: wanted, quick } = readArguments(["poll", "--quick", "ingest"], subjects);
    expect(wanted.map(({ name }) => name)).toEqual(["ingest", "poll"]);
    expect(quick).toBe(true);
  });

  test("that names what is not there is refused with what is", () => {
    expect(() => readArguments(["pool"], subjects)).toThrow(/"pool".*poll/);
  });

  test("may write what some subjects yield", () => {
    expect(readArguments(["poll", "--write"], subjects)).toMatchObject({
      write: true,
      subjects: [{ name: "poll" }],
    });
  });
});

describe("the subjects", () => {
  const names = subjects.flatMap(({ figures }) => figures.map(({ name }) => name));

  test("each have a name and figures of their own", () => {
    expect(new Set(subjects.map(({ name }) => name)).size).toBe(subjects.length);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(subjects)("$name gives its figures its name", ({ name, figures }) => {
    expect(figures.filter((figure) => !figure.name.startsWith(name))).toEqual([]);
  });
});
