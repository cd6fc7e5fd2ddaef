import { describe, expect, test } from "@jest/globals";
import { recovered, stale, stateOf } from "../src/index.ts";
import { after, at, component, page } from "./page.ts";

const known = after(page({ components: [component("api", "operational")] }));
const gone = stale(known, { at: at(5), name: "acme", reason: "blocked (403)" });
const back = recovered(gone.known, { at: at(9), name: "acme" });

describe("a source that cannot be relied on", () => {
  test("is told, with the reason", () => {
    expect(gone.changes).toMatchObject([
      {
        type: "source.stale",
        product: "Acme",
        status: "Not reporting: blocked (403)",
        timestamp: at(5),
        inferred: true,
      },
    ]);
  });

  test("is told once, and stays so since then", () => {
    const again = stale(gone.known, { at: at(6), name: "acme", reason: "unreachable" });
    expect([again.changes, again.known.page.stale]).toEqual([[], { since: at(5), reason: "blocked (403)" }]);
  });

  test("says nothing about what it watches", () => {
    expect([stateOf(gone.known), gone.known.components]).toEqual([stateOf(known), known.components]);
  });
});

describe("a source that reports again", () => {
  test("is told once", () => {
    expect(back.changes).toMatchObject([
      { type: "source.recovered", status: "Reporting again.", timestamp: at(9) },
    ]);
    expect(recovered(back.known, { at: at(10), name: "acme" }).changes).toEqual([]);
  });

  test("is no news if it never stopped", () => {
    expect(recovered(known, { at: at(9), name: "acme" })).toEqual({ known, changes: [] });
  });

  test("may stop again, as a change of its own", () => {
    const again = stale(back.known, { at: at(12), name: "acme", reason: "blocked (403)" });
    expect(again.changes.map(({ key }) => key)).not.toEqual(gone.changes.map(({ key }) => key));
  });
});
