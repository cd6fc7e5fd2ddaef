import type { Event } from "./event.ts";

type Located = Pick<Event, "type" | "provider" | "incident" | "maintenance">;

/** The path of the dashboard's page about an event: its incident or maintenance, else its provider. */
export function dashboardPath({ type, provider, incident, maintenance }: Located): string {
  if (incident) return incidentPath(`${provider}:${incident.id}`);
  if (maintenance) return maintenancePath(`${provider}:${maintenance.id}`);
  if (type === "digest") return "/events";
  if (type === "sink.disabled") return "/deliveries";
  return `/providers/${encoded(provider)}`;
}

/** The URL of that page, where `publicUrl` says where people open the dashboard. */
export function dashboardUrl(publicUrl: string | undefined, event: Located): string | undefined {
  return publicUrl === undefined ? undefined : `${publicUrl}${dashboardPath(event)}`;
}

/** The path of the dashboard's page about an incident, by the id that the API gives it. */
export function incidentPath(id: string): string {
  return `/incidents/${encoded(id)}`;
}

/** The path of the dashboard's page about a maintenance, by the id that the API gives it. */
export function maintenancePath(id: string): string {
  return `/maintenances/${encoded(id)}`;
}

// encodeURIComponent throws on half a surrogate pair, and vendors choose the ids.
function encoded(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Cs}/gu, "\uFFFD"));
}
