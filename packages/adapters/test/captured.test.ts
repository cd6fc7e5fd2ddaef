import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { PayloadError } from "@statuswire/status";
import { formatNamed, snapshotOf } from "../src/adapt.ts";
import type { Format } from "../src/format.ts";
import { expectedFor, textOf, told } from "./fixtures.ts";

const captures = fileURLToPath(new URL("../../../../shared/payloads/", import.meta.url));
const results = fileURLToPath(new URL("./captured/", import.meta.url));

if (existsSync(`${captures}MANIFEST.tsv`))
  describe.each(captured())("the captured $path", ({ path, format }) => {
    const said = () => {
      try {
        return snapshotOf(format, textOf(captures + path), told);
      } catch (error) {
        if (error instanceof PayloadError) return { refused: true };
        throw error;
      }
    };

    test("means what a careful person wrote down", () => {
      expect(said()).toEqual(expectedFor(`${results}${path}`, said));
    });
  });
else
  // Not skipped: they are no part of this repository, so no machine can be expected to have them.
  test.todo(`the captured payloads mean what they should (there are none in ${captures})`);

interface Capture {
  path: string;
  format: Format;
}

function captured(): Capture[] {
  const rows = readFileSync(`${captures}MANIFEST.tsv`, "utf8").trim().split("\n").slice(1);
  return rows.flatMap((row) => {
    const [path = "", name = ""] = row.split("\t");
    const format = formatNamed(name);
    return format ? [{ path, format }] : [];
  });
}
