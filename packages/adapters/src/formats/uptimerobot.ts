import type { Component, Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import { coverage, id, isReadable, parsePayload, raw, requiredList, silent, word } from "../payload.ts";

// `paused`, `info` and `black` say that it is not watched, or being worked on: never that it works.
const componentStatus = word({ success: "operational", warning: "degraded_performance", danger: "major_outage" });

const MonitorPart = z
  .object({ monitorId: id, name: z.string().trim(), statusClass: z.string() })
  .transform(({ monitorId, name, statusClass }): Component => {
    const status = componentStatus(statusClass);
    return { id: monitorId, name, status, ...raw(status, statusClass) };
  });

const Monitors = requiredList(MonitorPart).refine(isReadable, "nothing in it could be read");

const MonitorList = z
  .union([
    z.object({ data: Monitors }).transform(({ data }) => data),
    z.object({ psp: z.object({ monitors: Monitors }) }).transform(({ psp }) => psp.monitors),
  ])
  .transform((monitors): Snapshot => ({
    ...silent,
    page: {},
    coverage: { ...silent.coverage, components: coverage(monitors) },
    components: monitors.entries,
  }));

/** UptimeRobot's public pages: monitors, never incidents. openstatusHQ/openstatus `uptimerobot.ts`. */
export const uptimerobot: Format = {
  ways: [[monitorsOf]],
  adapt: (payload) => parsePayload(MonitorList, payload),
};

// A page on its own domain is given with its id, as stats.uptimerobot.com has it in its path.
function monitorsOf(page: URL): URL {
  if (page.pathname.startsWith("/api/getMonitorList/")) return page;
  return new URL(`/api/getMonitorList/${page.pathname.split("/").filter(Boolean).at(0) ?? ""}`, page);
}
