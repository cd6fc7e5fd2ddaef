import { describe, expect, test } from "@jest/globals";
import { compare, nothing, recovered, spokenIn, stale, stateOf } from "../src/index.ts";
import { after, at, component, incident, page } from "./page.ts";

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

describe("a page that is read in another format than before", () => {
  const now = { at: at(20), name: "acme" };
  const troubled = after(page({ incidents: [incident("old-id", [[1, "investigating"]])] }));
  const before = spokenIn(troubled, "statuspage", now).known;
  const moved = spokenIn(before, "instatus", now);

  test("has moved, which is told once", () => {
    expect(moved.changes).toMatchObject([
      { type: "source.migrated", status: "Moved from statuspage to instatus." },
    ]);
    expect(spokenIn(moved.known, "instatus", now).changes).toEqual([]);
  });

  test("ends nothing: the old platform's ids are forgotten, and the next look is a first look", () => {
    const { changes } = compare(
      moved.known,
      page({ incidents: [incident("new-id", [[1, "investigating"]])] }),
      now,
    );
    expect(changes).toMatchObject([{ type: "incident.opened", initial: true }]);
  });

  test("keeps its name and address, which the new platform may not tell", () => {
    const called = after(page({ page: { name: "Acme", url: "https://status.acme.test" } }));
    const { known } = spokenIn(spokenIn(called, "statuspage", now).known, "instatus", now);
    expect(known.page).toMatchObject({ name: "Acme", url: "https://status.acme.test", format: "instatus" });
  });

  test("is no news when it is read for the first time", () => {
    expect(spokenIn(nothing, "statuspage", now).changes).toEqual([]);
  });
});
