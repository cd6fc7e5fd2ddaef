import { word } from "../payload.ts";

/** The state of a page. */
export const indicator = word({
  operational: "none",
  degraded: "minor",
  downtime: "major",
  maintenance: "maintenance",
});

/** The state of a resource, and what a report says of it. */
export const componentStatus = word({
  operational: "operational",
  resolved: "operational",
  recovered: "operational",
  degraded: "degraded_performance",
  downtime: "major_outage",
  maintenance: "under_maintenance",
});
