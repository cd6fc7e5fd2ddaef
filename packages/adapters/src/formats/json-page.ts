import { ComponentStatus, Impact, IncidentStatus, MaintenanceStatus } from "@statuswire/status";
import { z } from "zod";
import { path } from "../path.ts";

const Path = z.string().refine(isPath, "not a path: write it like $.services or data[0].name");
const words = <Ours extends z.ZodType>(ours: Ours) => z.record(z.string(), ours).default({});

/** Where the list is; `*` for every entry of an object. */
const from = Path;

const ComponentsAt = z.strictObject({
  from,
  id: Path.optional().describe("Absent, the name is the identity."),
  name: Path,
  status: Path,
  group: Path.optional(),
  updatedAt: Path.optional(),
  words: words(ComponentStatus).describe("Their word: ours. Words of the field need no entry."),
});

const AffairsAt = z.strictObject({
  from,
  id: Path,
  title: Path,
  status: Path.optional(),
  body: Path.optional(),
  url: Path.optional(),
  updatedAt: Path.optional(),
});

const IncidentsAt = AffairsAt.extend({
  impact: Path.optional(),
  startedAt: Path.optional(),
  resolvedAt: Path.optional(),
  words: words(IncidentStatus),
  impacts: words(Impact),
});

const MaintenancesAt = AffairsAt.extend({
  scheduledFor: Path.optional(),
  scheduledUntil: Path.optional(),
  words: words(MaintenanceStatus),
});

/** A page that nobody else knows, described by where in its JSON things stand. Within entries, paths begin at the entry. */
export const JsonPage = z.strictObject({
  endpoint: z.string().optional().describe("Relative to the page; absent, the page itself is the JSON."),
  components: ComponentsAt.optional(),
  incidents: IncidentsAt.optional(),
  maintenances: MaintenancesAt.optional(),
});
export type JsonPage = z.infer<typeof JsonPage>;
export type ComponentsAt = z.infer<typeof ComponentsAt>;
export type AffairsAt = z.infer<typeof AffairsAt>;
export type IncidentsAt = z.infer<typeof IncidentsAt>;
export type MaintenancesAt = z.infer<typeof MaintenancesAt>;

function isPath(text: string): boolean {
  try {
    return typeof path(text) === "function";
  } catch {
    return false;
  }
}
