import { describe, test } from "@jest/globals";
import { PayloadError, Snapshot } from "@statuswire/status";
import fc from "fast-check";
import { type Format, snapshotOf } from "../src/index.ts";
import { accepted, registry, textOf, told } from "./fixtures.ts";

/** Any text, and any text that looks like a part of one that is read. */
const anyPart = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.json({ maxDepth: 3 }),
  fc.constantFrom("<", ">", "&#0;", "<![CDATA[", '"', "\\", "{", "]", "\u0000", "\ud800", "1e999", "null"),
);

describe.each(registry)("%s", (_name, format) => {
  test("makes a snapshot of any text, or refuses it", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (body) => isHandled(format, body)));
  });

  test("makes a snapshot of any JSON, or refuses it", () => {
    fc.assert(fc.property(fc.json({ maxDepth: 6 }), (body) => isHandled(format, body)));
  });
});

describe.each(accepted)("$name", ({ format, file }) => {
  test("cut anywhere and mended with anything, is a snapshot or refused", () => {
    const text = textOf(file);
    const place = fc.nat({ max: text.length });
    const damaged = fc.tuple(place, place, anyPart).map(([one, other, part]) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      return text.slice(0, from) + part + text.slice(Math.min(to, from + 400));
    });
    fc.assert(
      fc.property(damaged, (body) => isHandled(format, body)),
      { numRuns: 30 },
    );
  });
});

function isHandled(format: Format, body: string): boolean {
  try {
    return Snapshot.safeParse(snapshotOf(format, body, told)).success;
  } catch (error) {
    return error instanceof PayloadError;
  }
}
