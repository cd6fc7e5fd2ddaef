import { describe, expect, test } from "@jest/globals";
import { merge } from "../src/index.ts";
import { at, component, incident, page, push } from "./page.ts";

describe("several answers of one reading", () => {
  test("are full where one of them is", () => {
    const one = { ...push({}), coverage: { ...push({}).coverage, components: "full" as const } };
    expect(merge([one, push({})]).coverage).toEqual({
      components: "full",
      incidents: "partial",
      maintenances: "partial",
    });
  });

  test("fill in what another leaves open about the page", () => {
    const one = page({ page: { name: "Acme", url: "https://acme.test" } });
    const other = page({ page: { name: undefined, indicator: "minor" } });
    expect(merge([one, other]).page).toEqual({ name: "Acme", url: "https://acme.test", indicator: "minor" });
  });

  test("name a component in one and tell its state in the other, in either order", () => {
    const names = page({ components: [component("c1", "unknown", { name: "API", group: "Europe" })] });
    const states = page({ components: [component("c1", "major_outage")] });
    const whole = [{ id: "c1", name: "API", group: "Europe", status: "major_outage" }];
    expect([merge([names, states]).components, merge([states, names]).components]).toEqual([whole, whole]);
  });

  test("take an incident that both tell as the newer tells it", () => {
    const older = page({ incidents: [incident("i", [[0, "investigating"]])] });
    const newer = page({ incidents: [incident("i", [[5, "resolved"]])] });
    const times = [merge([older, newer]), merge([newer, older])].map(({ incidents }) =>
      incidents.map(({ updatedAt }) => updatedAt),
    );
    expect(times).toEqual([[at(5)], [at(5)]]);
  });

  test("take an incident that both tell as of one time as the last tells it", () => {
    const told = (title: string) => page({ incidents: [incident("i", [[5, "identified"]], { title })] });
    expect(merge([told("first"), told("second")]).incidents).toMatchObject([{ title: "second" }]);
  });

  test("take an incident without times as the last tells it", () => {
    const told = (title: string) => page({ incidents: [incident("i", [], { title })] });
    expect(merge([told("first"), told("second")]).incidents).toMatchObject([{ title: "second" }]);
  });

  test("keep apart what only one of them tells", () => {
    const one = page({ incidents: [incident("constructor", [])] });
    const other = page({ incidents: [incident("__proto__", [])] });
    expect(merge([one, other]).incidents.map(({ id }) => id)).toEqual(["constructor", "__proto__"]);
  });
});
