import { PayloadError, type Snapshot, webUrl } from "@statuswire/status";
import type { Format, Told } from "./format.ts";
import { formats } from "./formats.ts";
import { envelopeOf } from "./formats/envelope-shape.ts";
import { json } from "./read.ts";

/** What others call formats that have another name here. */
const otherNames = new Map([
  ["atom", "feed"],
  ["rss", "feed"],
  ["betteruptime", "betterstack"],
  ["google-cloud", "gcp"],
  ["gworkspace", "google-workspace"],
  ["better-stack", "betterstack"],
  ["incident-io", "incidentio"],
  ["incident.io", "incidentio"],
  ["status.io", "statusio"],
]);

const known = new Map<string, Format>(Object.entries(formats));

/** The format of that name. `statuspage-webhook` is Statuspage too: a suffix only says how it was told. */
export function formatNamed(name: string): Format | undefined {
  const parts = name.toLowerCase().replaceAll("_", "-").split("-");
  return parts
    .map((_part, cut) => parts.slice(0, parts.length - cut).join("-"))
    .map((prefix) => known.get(otherNames.get(prefix) ?? prefix))
    .find(Boolean);
}

/** Those that a page may have in the catalog: the configuration's own JSON format is none of them. */
const platforms = new Set(Object.values<Format>(formats).filter((format) => format !== formats.envelope));

/** One observation's text as a snapshot. Throws PayloadError when it is not that format's. */
export function snapshotOf(format: Format, body: string, told: Told): Snapshot {
  const payload = (format.read ?? json)(body);
  // An envelope may have whatever its sender adds, such as an empty list, in which a platform would find that all is well.
  if (platforms.has(format) && envelopeOf(payload))
    throw new PayloadError("This is a notice in an envelope, which a program relays; no status page says it so.");
  return withWebUrls(format.adapt(payload, told));
}

function withWebUrls(snapshot: Snapshot): Snapshot {
  return {
    ...snapshot,
    page: withWebUrl(snapshot.page),
    incidents: snapshot.incidents.map(withWebUrl),
    maintenances: snapshot.maintenances.map(withWebUrl),
  };
}

/** The same, without a URL that no reader may follow. */
function withWebUrl<Linked extends { url?: string | undefined }>(linked: Linked): Linked {
  const url = linked.url === undefined ? undefined : webUrl(linked.url);
  if (url === linked.url) return linked;
  if (url !== undefined) return { ...linked, url };
  const { ...rest } = linked;
  delete rest.url;
  return rest;
}
