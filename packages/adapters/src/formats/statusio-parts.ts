import type { AffectedComponent } from "@statuswire/status";
import { z } from "zod";
import { id, word } from "../payload.ts";

// The codes of polls and the words of webhooks. A security event (600) says nothing of how well a component works.
export const componentStatus = word({
  "100": "operational",
  "200": "under_maintenance",
  "300": "degraded_performance",
  "400": "partial_outage",
  "500": "major_outage",
  operational: "operational",
  "planned maintenance": "under_maintenance",
  "degraded performance": "degraded_performance",
  "partial service disruption": "partial_outage",
  "service disruption": "major_outage",
});
export const impact = word({
  "100": "none",
  "200": "maintenance",
  "300": "minor",
  "400": "major",
  "500": "critical",
  operational: "none",
  "planned maintenance": "maintenance",
  "degraded performance": "minor",
  "partial service disruption": "major",
  "service disruption": "critical",
});
export const incidentStatus = word({
  "100": "investigating",
  "200": "identified",
  "300": "monitoring",
  "400": "resolved",
  investigating: "investigating",
  identified: "identified",
  monitoring: "monitoring",
  resolved: "resolved",
});

export const Code = z.union([z.string().trim().toLowerCase(), z.int().transform(String)]);

export const Affected = z
  .object({ _id: id, name: z.string().trim() })
  .transform(({ _id, name }): AffectedComponent => ({ id: _id, name }));
