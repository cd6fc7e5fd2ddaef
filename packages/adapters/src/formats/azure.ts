import type { Incident, Snapshot } from "@statuswire/status";
import { Feed } from "../feed.ts";
import type { Format, Told } from "../format.ts";
import { coverage, defined, parsePayload, silent } from "../payload.ts";
import { xml } from "../xml.ts";
import { affairsIn } from "./feed-parts.ts";

// An item is listed while the incident is open, so being listed is what says that it is.
function open(incident: Incident): Incident {
  return incident.status === "unknown" ? { ...incident, status: "investigating" } : incident;
}

function snapshot(payload: Feed, told: Told): Snapshot {
  const { incidents, maintenances } = affairsIn(payload, told);
  return {
    page: defined({ name: payload.title, url: payload.link }),
    coverage: { ...silent.coverage, incidents: coverage(payload) },
    components: [],
    incidents: incidents.map(open),
    maintenances,
  };
}

/** Microsoft Azure: a feed of what is open, empty when all is well. */
export const azure: Format = {
  ways: [["/en-us/status/feed/"]],
  read: xml,
  adapt: (payload, told) => snapshot(parsePayload(Feed, payload), told),
};
