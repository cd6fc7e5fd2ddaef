import type { Component, Impact } from "@statuswire/status";
import { z } from "zod";
import { raw, word } from "../payload.ts";

/** AWS's code of a state: a number or its digits, within one document even. */
export const code = z.union([z.string(), z.int().transform(String)]);

// The dashboard's words for them: resolved, impacted (an informational message), degradation, disruption.
const componentStatus = word({
  "0": "operational",
  "1": "degraded_performance",
  "2": "degraded_performance",
  "3": "major_outage",
});
export const incidentStatus = word({
  "0": "resolved",
  "1": "investigating",
  "2": "investigating",
  "3": "investigating",
});
const impact = word({ "0": "none", "1": "minor", "2": "major", "3": "critical" });

/** How bad it has been at worst: the code falls to 0 when it is over. */
export function worstImpact(codes: readonly string[]): Impact {
  return impact(
    codes
      .filter((code) => impact(code) !== "unknown")
      .toSorted()
      .at(-1) ?? "",
  );
}

/** One service in one region. */
export interface Service {
  id: string;
  name: string;
  code: string;
}

/** Services as components, each once and at its worst: more than one event may impact it. */
export function componentsOf(services: readonly Service[]): Component[] {
  const worst = new Map<string, Service>();
  for (const service of services) {
    const other = worst.get(service.id);
    if (!other || rank(service) > rank(other)) worst.set(service.id, service);
  }
  return [...worst.values()].map(component);
}

// A code that we don't know is worse than being well.
function rank({ code }: Service): number {
  return ["0", "?", "1", "2", "3"].indexOf(impact(code) === "unknown" ? "?" : code);
}

export function component({ id, name, code }: Service): Component {
  const status = componentStatus(code);
  return { id, name, status, ...raw(status, code) };
}
