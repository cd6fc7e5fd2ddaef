import { describe, expect, test } from "@jest/globals";
import {
  type Component,
  compare,
  type Incident,
  nothing,
  type Snapshot,
  stale,
  stateOf,
} from "@statuswire/status";
import type { Watched } from "../src/board.ts";
import { incidentsOf } from "../src/views/incident.ts";
import { component, incident } from "./open-window.ts";

const early = "2025-11-03T14:00:00.000Z";
const late = "2025-11-03T14:30:00.000Z";
const later = "2025-11-03T14:45:00.000Z";

describe("an open incident", () => {
  test.each<[string, Partial<Incident>]>([
    ["by its name", { components: [{ name: "API" }] }],
    ["by its id", { components: [{ id: "api", name: "The API" }] }],
    ["by naming no other", {}],
  ])("is as bad as the component that it affects %s, as its provider is", (_how, differences) => {
    const watched = watchedWith({ components: [broken], incidents: [minor(differences)] });
    expect(incidentsOf(watched)[0]?.state).toBe("major_outage");
    expect(stateOf(watched.known)).toBe("major_outage");
  });

  test("is as bad as its impact where its components are well", () => {
    const watched = watchedWith({ components: [well], incidents: [minor({ impact: "major" })] });
    expect(incidentsOf(watched)[0]?.state).toBe("partial_outage");
  });

  test("is no worse for what another incident affects", () => {
    const other = incident("two", early, { impact: "critical", components: [{ id: "api", name: "API" }] });
    const watched = watchedWith({ components: [broken], incidents: [minor(), other] });
    expect(incidentsOf(watched).map(({ state }) => state)).toEqual(["degraded_performance", "major_outage"]);
  });

  test.each<[Incident["impact"], string]>([
    ["critical", "major_outage"],
    ["major", "partial_outage"],
    ["minor", "degraded_performance"],
    ["unknown", "unknown"],
  ])("that no page lists, of impact %s, is %s, as its provider is", (impact, state) => {
    const watched = watchedWith({ components: [well], incidents: [minor({ impact, unlisted: true })] });
    expect(incidentsOf(watched)[0]?.state).toBe(state);
    expect(stateOf(watched.known)).toBe(state);
  });

  test("is not known to be anything while its page can't be read", () => {
    const watched = watchedWith({ components: [broken], incidents: [minor()] });
    const { known } = stale(watched.known, { at: later, name: "ACME", reason: "unreachable" });
    expect(incidentsOf({ ...watched, known })[0]?.state).toBe("unknown");
  });
});

describe("an incident", () => {
  test("that began after it was last written of was updated when it began", () => {
    const watched = watchedWith({ incidents: [minor({ startedAt: late })] });
    expect(incidentsOf(watched)).toMatchObject([{ startedAt: late, updatedAt: late }]);
  });

  test("was updated when its newest words were written", () => {
    const said = { id: "u", status: "identified", body: "Found it.", at: later };
    expect(incidentsOf(watchedWith({ incidents: [minor({ updates: [said] })] }))[0]?.updatedAt).toBe(later);
  });
});

describe("an incident of Apple's, which has no title", () => {
  test.each([
    ["App Store: Outage", ["App Store"]],
    ["App Store, Apple Music: Outage", ["App Store", "Apple Music"]],
    ["App Store, Apple Music and 2 more: Outage", ["App Store", "Apple Music", "iCloud", "Siri"]],
  ])("is called %s", (title, names) => {
    const outage = minor({ title: "Outage", components: names.map((name) => ({ name })) });
    const watched = { ...watchedWith({ incidents: [outage] }), format: "apple" };
    expect(incidentsOf(watched)[0]?.title).toBe(title);
  });

  test("keeps words that name the service already", () => {
    const said = minor({ title: "App Store may be slow.", components: [{ name: "App Store" }] });
    expect(incidentsOf({ ...watchedWith({ incidents: [said] }), format: "apple" })[0]?.title).toBe(said.title);
  });

  test("is told from those of others, whose titles are theirs", () => {
    const outage = minor({ title: "Outage", components: [{ name: "API" }] });
    expect(incidentsOf(watchedWith({ incidents: [outage] }))[0]?.title).toBe("Outage");
  });
});

const broken = component("API", "major_outage", early);
const well = component("API", "operational", early);

function minor(differences: Partial<Incident> = {}): Incident {
  return incident("one", early, { impact: "minor", ...differences });
}

function watchedWith({
  components = [],
  incidents,
}: {
  components?: Component[];
  incidents: Incident[];
}): Watched {
  const coverage = { components: "full", incidents: "full", maintenances: "full" } as const;
  const snapshot: Snapshot = { page: {}, coverage, components, incidents, maintenances: [] };
  const { known } = compare(nothing, snapshot, { at: early, name: "ACME" });
  const page = "https://status.acme.test";
  return {
    ...{ id: "acme", name: "ACME", page, format: "statuspage", guessed: false, everySeconds: 60 },
    ...{ isWatched: true, known },
  };
}
