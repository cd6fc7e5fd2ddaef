import { describe, expect, test } from "@jest/globals";
import { apply, nothing, only, select, type Selectable, type Snapshot } from "../src/index.ts";
import { after, at, component, incident, page, push } from "./page.ts";

const isApi = ({ name }: Selectable) => name === "API";
const both = [component("1", "operational", { name: "API" }), component("2", "major_outage", { name: "Web" })];

describe("a chosen component", () => {
  test("is kept, and what was not chosen is not", () => {
    expect(ids(select(nothing, page({ components: both }), isApi).components)).toEqual(["1"]);
  });

  test("stays chosen when the vendor renames it, twice", () => {
    const once = renamed("Core API");
    const twice = apply(apply(known(), once, now(1)), renamed("Main API"), now(2));
    expect(ids(select(twice, renamed("The API"), isApi).components)).toEqual(["1"]);
  });
});

describe("an incident on a page of which only a part was chosen", () => {
  test("is kept when it touches that part", () => {
    expect(ids(chosen(incident("a", [], { components: [{ id: "1", name: "API" }] })))).toEqual(["a"]);
  });

  test("of a sibling does not leak in", () => {
    expect(chosen(incident("a", [], { components: [{ id: "2", name: "Web" }] }))).toEqual([]);
  });

  test("is kept when it names no component, since it may concern any", () => {
    expect(ids(chosen(incident("a", [])))).toEqual(["a"]);
  });

  test("stays when the vendor ties it to something else at the end", () => {
    const tied = after(
      page({ incidents: [incident("a", [[1, "investigating"]], { components: [{ name: "API" }] })] }),
    );
    const untied = page({ incidents: [incident("a", [[2, "resolved"]], { components: [{ name: "Web" }] })] });
    expect(ids(select(tied, untied, isApi).incidents)).toEqual(["a"]);
  });
});

describe("an answer about one incident", () => {
  test("says nothing of the others that came with it", () => {
    const told = only(page({ components: both, incidents: [incident("a", []), incident("b", [])] }), "b");
    expect(told).toEqual(push({ page: {}, incidents: [incident("b", [])] }));
  });
});

function chosen(told: Snapshot["incidents"][number]) {
  return select(known(), page({ components: both, incidents: [told] }), isApi).incidents;
}

function known() {
  return after(page({ components: [component("1", "operational", { name: "API" })] }));
}

function renamed(name: string): Snapshot {
  return page({ components: [component("1", "operational", { name })] });
}

function now(minute: number) {
  return { at: at(minute), name: "acme" };
}

function ids(things: readonly { id: string }[]): string[] {
  return things.map(({ id }) => id);
}
