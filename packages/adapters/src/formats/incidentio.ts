import type { Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format, Told } from "../format.ts";
import { has, parsePayload } from "../payload.ts";
import { xmlOrJson } from "../xml.ts";
import { ApiPage, ApiStructure } from "./incidentio-api.ts";
import { Compat, CompatIncident } from "./incidentio-compat.ts";
import { IncidentioFeed } from "./incidentio-feed.ts";
import { embeddedSummary } from "./incidentio-html.ts";
import { Native, NativeHistory } from "./incidentio-proxy.ts";
import { productEvent } from "./incidentio-webhook.ts";
import { Widget } from "./incidentio-widget.ts";

const Nothing = z.never("none of what an incident.io page says");

/**
 * incident.io's status pages, which speak in many ways: as their own page does, like Statuspage, to widgets, in feeds.
 */
export const incidentio: Format = {
  ways: [
    [(page) => (subPath(page) ? below(page, "") : new URL(`/proxy/${page.host}`, page))],
    [(page) => below(page, "/api/v2/summary.json")],
    [(page) => below(page, "/api/v1/summary")],
    [(page) => below(page, "/feed.atom")],
  ],
  read: (text) => (/^\uFEFF?\s*<!doctype html/i.test(text) ? embeddedSummary(text) : xmlOrJson(text)),
  adapt(payload, told) {
    if (has(payload, "event_type")) return productEvent(payload);
    const said = parsePayload(shapeOf(payload), payload);
    return typeof said === "function" ? said(told) : said;
  },
  incidentUrl: (page) => below(page, "/api/v2/incidents.json"),
};

/**
 * Where one of a parent's sub-pages is, or a page on incident.io's own host; "" for a host's only one. What a sub-page is
 * made of stands in its HTML. The URL may lead to its history or to one of its incidents.
 */
function subPath({ pathname }: URL): string {
  return pathname.replace(/\/(history|incidents)(?:\/[\w./-]{0,200})?$/, "").replace(/\/$/, "");
}

function below(page: URL, path: string): URL {
  return new URL(subPath(page) + path, page);
}

function shapeOf(payload: unknown): z.ZodType<Snapshot | ((told: Told) => Snapshot)> {
  if (has(payload, "summary")) return Native;
  if (has(payload, "ongoing_incidents")) return Widget;
  if (has(payload, "feed") || has(payload, "rss")) return IncidentioFeed;
  if (has(payload, "status_page_incidents") || has(payload, "status_page_maintenances")) return ApiPage;
  if (has(payload, "current_structure")) return ApiStructure;
  if (has(payload, "incident_updates")) return CompatIncident;
  if (isNative(payload)) return NativeHistory;
  return ["status", "components", "incidents"].some((key) => has(payload, key)) ? Compat : Nothing;
}

// Both histories are called `incidents`; only the compatible one bears its page.
function isNative(payload: unknown): boolean {
  return has(payload, "incidents") && !has(payload, "page") && !has(payload, "components");
}
