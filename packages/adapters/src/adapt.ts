import type { Snapshot } from "@statuswire/status";
import type { Format, Told } from "./format.ts";
import { formats } from "./formats.ts";
import { json } from "./read.ts";

/** The format of that name. `statuspage-webhook` is Statuspage too: a suffix only says how it was told. */
export function formatNamed(name: string): Format | undefined {
  const known = new Map<string, Format>(Object.entries(formats));
  const parts = name.toLowerCase().split("-");
  return parts.map((_part, cut) => known.get(parts.slice(0, parts.length - cut).join("-"))).find(Boolean);
}

/** One observation's text as a snapshot. Throws PayloadError when it is not that format's. */
export function snapshotOf(format: Format, body: string, told: Told): Snapshot {
  return format.adapt((format.read ?? json)(body), told);
}
