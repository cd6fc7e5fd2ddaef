import type { Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import { coverage, has, isReadable, parsePayload, requiredList, silent } from "../payload.ts";
import {
  component,
  incident,
  IncidentPart,
  InstancePart,
  maintenance,
  MaintenancePart,
} from "./salesforce-parts.ts";

/** One incident may be listed twice, and under each instance that it affects. */
function once<Affair extends { id: string }>(affairs: readonly Affair[]): Affair[] {
  return [...new Map(affairs.map((affair) => [affair.id, affair])).values()];
}

const Incidents = requiredList(IncidentPart)
  .refine(isReadable, "nothing in it could be read")
  .transform((listed): Snapshot => ({
    ...silent,
    page: {},
    coverage: { ...silent.coverage, incidents: coverage(listed) },
    incidents: once(listed.entries.map(incident)),
  }));

const Maintenances = requiredList(MaintenancePart)
  .refine(isReadable, "nothing in it could be read")
  .transform((listed): Snapshot => ({
    ...silent,
    page: {},
    maintenances: once(listed.entries.map(maintenance)),
  }));

/** What instances say of themselves, and of what happens to them. */
function instances(parts: readonly InstancePart[]): Pick<Snapshot, "components" | "incidents" | "maintenances"> {
  return {
    components: parts.filter(({ isActive }) => isActive !== false).map(component),
    incidents: once(parts.flatMap(({ Incidents }) => (Incidents?.entries ?? []).map(incident))),
    maintenances: once(parts.flatMap(({ Maintenances }) => (Maintenances?.entries ?? []).map(maintenance))),
  };
}

const Instances = requiredList(InstancePart)
  .refine(isReadable, "nothing in it could be read")
  .transform((listed): Snapshot => ({
    page: {},
    coverage: { ...silent.coverage, components: coverage(listed) },
    ...instances(listed.entries),
  }));

const Instance = InstancePart.transform((part): Snapshot => ({ ...silent, page: {}, ...instances([part]) }));

const One = IncidentPart.transform((part): Snapshot => ({ ...silent, page: {}, incidents: [incident(part)] }));

/** Display texts for keys: they say nothing of any state. */
const Localizations = z
  .array(z.object({ modelKey: z.string(), text: z.string() }))
  .transform((): Snapshot => ({ ...silent, page: {} }));

/** Salesforce Trust, Heroku included. https://api.status.salesforce.com/v1/docs */
export const salesforce: Format = {
  ways: [[api("/v1/instances/status/preview"), api("/v1/incidents/active")]],
  adapt: (payload) => parsePayload(shapeOf(payload), payload),
  incidentUrl: (page, id) => api(`/v1/incidents/${encodeURIComponent(id)}`)(page),
};

function api(path: string): (page: URL) => URL {
  return (page) =>
    new URL(path, page.host === "status.salesforce.com" ? "https://api.status.salesforce.com" : page);
}

// A list is told by its members; an empty one is what /incidents/active gives when all is well.
function shapeOf(payload: unknown): z.ZodType<Snapshot> {
  if (!Array.isArray(payload)) return has(payload, "key") ? Instance : One;
  const some = (key: string) => payload.some((member) => has(member, key));
  if (some("MaintenanceImpacts")) return Maintenances;
  if (some("modelKey")) return Localizations;
  return some("key") ? Instances : Incidents;
}
