import type { Event } from "@statuswire/status";
import type { Dependencies } from "./sink.ts";

type Pages = Pick<Dependencies, "pageOf">;

/** An event as programs get it: as the log has it, with the URL of the dashboard's page about it where that is known. */
export function withPage(event: Event, { pageOf }: Pages): Event & { dashboardUrl?: string } {
  const dashboardUrl = pageOf?.(event);
  return dashboardUrl === undefined ? event : { ...event, dashboardUrl };
}

/** The same as JSON. */
export function eventJson(event: Event, pages: Pages): string {
  return JSON.stringify(withPage(event, pages));
}
