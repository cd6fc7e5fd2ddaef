import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { packText, unpackText } from "../src/index.ts";

describe("a packed text", () => {
  test("is the same text once it is unpacked", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(unpackText(packText(text))).toBe(text);
      }),
    );
  });

  test("takes less than a fifth of what tells of one component after another", () => {
    const components = Array.from({ length: 50 }, (_, index) => ({
      id: `k8w3r06qmzr${index}`,
      name: `Service ${index}`,
      status: "operational",
      updated_at: `2025-11-03T14:${10 + index}:00.000Z`,
    }));
    const text = JSON.stringify({ components });
    expect(packText(text).length).toBeLessThan(text.length / 5);
  });

  test("can't be unpacked when it was cut off", () => {
    const packed = packText("Degraded performance due to upstream issue. ".repeat(100));
    expect(() => unpackText(packed.slice(0, packed.length / 2))).toThrow();
  });

  test("can't be unpacked when it would fill the memory", () => {
    const endless = packText("\0".repeat(1025));
    expect(() => unpackText(endless, 1024)).toThrow(/larger than/);
  });
});
