import type { Kind } from "./kind.ts";
import { isOver } from "./snapshot.ts";
import type { KnownIncident } from "./known.ts";
import { incidentStatusIn } from "./words.ts";

/** The rules that are peculiar to incidents. */
export const incidents: Kind<KnownIncident> = {
  updated: "incident.updated",
  told: (snapshot) => snapshot.incidents,
  covered: ({ coverage }) => coverage.incidents === "full",
  remember: (told, at) => ({ ...told, updatedAt: told.updatedAt ?? told.updates.at(-1)?.at ?? at, toldAt: at }),
  isOver,
  statusOf: incidentStatusIn,

  opening(incident) {
    if (!isOver(incident)) return ["incident.opened"];
    // A relayed notice says one thing: that it is over.
    return incident.unlisted ? ["incident.resolved"] : ["incident.opened", "incident.resolved"];
  },

  step(from, to) {
    if (isOver({ status: from })) {
      if (!isOver({ status: to })) return "incident.reopened";
      return to === "postmortem" && from !== "postmortem" ? "incident.postmortem" : "incident.updated";
    }
    return isOver({ status: to }) ? "incident.resolved" : "incident.updated";
  },

  conclude: (incident, at) => ({ ...incident, status: "resolved", resolvedAt: at }),
  endedAt: ({ resolvedAt, updatedAt }) => resolvedAt ?? updatedAt,
  inEvent: ({ toldAt: _toldAt, absent: _absent, marks: _marks, ...incident }) => ({ incident }),
};
