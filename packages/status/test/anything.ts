import fc from "fast-check";
import {
  type Component,
  ComponentStatus,
  Impact,
  type Incident,
  IncidentStatus,
  type Maintenance,
  MaintenanceStatus,
  type Snapshot,
} from "../src/index.ts";
import { at } from "./page.ts";

export function ids(): fc.Arbitrary<string> {
  return fc.constantFrom("a", "b", "constructor", "__proto__");
}

export function words(): fc.Arbitrary<string> {
  const hostile = ["", "a|b", "\u001b[31m", "<p>x\n</p>", "x\u2028y", "&#27;", "\u202e", "**", "[a](b)"];
  return fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(...hostile));
}

// Half a minute off our own clock: vendors' times and ours are never the same instant.
function times(): fc.Arbitrary<string> {
  return fc.nat({ max: 8 }).map((minute) => new Date(Date.parse(at(minute)) - 30_000).toISOString());
}

/** Anything that an adapter may say, consistent or not. */
export function snapshots(): fc.Arbitrary<Snapshot> {
  const coverage = fc.constantFrom("full" as const, "partial" as const);
  return fc.record({
    page: fc.record(
      { name: words(), indicator: fc.constantFrom(...Impact.options), updatedAt: times() },
      { requiredKeys: [] },
    ),
    coverage: fc.record({ components: coverage, incidents: coverage, maintenances: coverage }),
    components: fc.array(components(), { maxLength: 3 }),
    incidents: fc.array(incidents(), { maxLength: 3 }),
    maintenances: fc.array(maintenances(), { maxLength: 2 }),
  });
}

function components(): fc.Arbitrary<Component> {
  const status = fc.constantFrom(...ComponentStatus.options);
  return fc.record(
    { id: ids(), name: words(), status, group: words(), rawStatus: words(), from: status, updatedAt: times() },
    { requiredKeys: ["id", "name", "status"] },
  );
}

export function incidents(): fc.Arbitrary<Incident> {
  const status = fc.constantFrom(...IncidentStatus.options);
  return fc.record({ ...affair, status, resolvedAt: times() }, { requiredKeys: [...required, "status"] });
}

function maintenances(): fc.Arbitrary<Maintenance> {
  const status = fc.constantFrom(...MaintenanceStatus.options);
  return fc.record({ ...affair, status, scheduledFor: times() }, { requiredKeys: [...required, "status"] });
}

const required = ["id", "title", "impact", "components", "updates"] as const;

const affair = {
  id: ids(),
  title: words(),
  impact: fc.constantFrom(...Impact.options),
  components: fc.array(fc.record({ name: words() }), { maxLength: 2 }),
  updates: fc.array(
    fc.record({
      id: ids(),
      status: fc.oneof(fc.constantFrom(...IncidentStatus.options, ...MaintenanceStatus.options), words()),
      body: words(),
      at: times(),
    }),
    { maxLength: 4 },
  ),
  rawStatus: words(),
  updatedAt: times(),
  unlisted: fc.boolean(),
};
