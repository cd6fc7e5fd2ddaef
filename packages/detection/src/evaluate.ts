import { formatNamed, snapshotOf } from "@statuswire/adapters";
import { isOver, merge, PayloadError, type Snapshot } from "@statuswire/status";
import type { Candidate } from "./candidates.ts";
import type { Match, Sure } from "./detection.ts";
import { isHtml } from "./html.ts";

/** What answers prove of a candidate. `silent`: its shape, but so far it says nothing. */
export type Verdict =
  | ({ kind: "match"; sure: Sure; why: string } & Pick<Match, "name" | "components">)
  | { kind: "silent"; why: string }
  | { kind: "no"; why: string };

const statuspageId = /^[a-z0-9]{12}$/;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/**
 * Judges the texts of one way's endpoints, read at `at` (ISO 8601). Pure. Only what the format's own `adapt` accepts and
 * what then says something counts: a web page, an error or an empty shell with status 200 does not.
 */
export function evaluate({ format, way }: Candidate, texts: readonly string[], at: string): Verdict {
  const told = read(format, texts, at);
  if ("why" in told) return { kind: "no", why: told.why };
  const counted = count(told);
  if (!counted) return { kind: "silent", why: "the right shape, but it says nothing" };
  const sure = speaksOurWords(told) ? sureOf(format, way, told) : "weak";
  if (!sure) return { kind: "no", why: "another platform that mimics this one" };
  const components = told.components.map(({ name, group }) => ({ name, ...(group !== undefined && { group }) }));
  return {
    ...{ kind: "match", sure, why: counted },
    ...(told.page.name !== undefined && { name: told.page.name }),
    ...(components.length > 0 && { components }),
  };
}

function read(name: string, texts: readonly string[], at: string): Snapshot | { why: string } {
  const format = formatNamed(name);
  try {
    const [first, ...others] = texts.map((text) => (format ? snapshotOf(format, text, { at }) : undefined));
    if (!first) return { why: "no such format" };
    return merge([first, ...others.filter((snapshot) => snapshot !== undefined)]);
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error;
    return { why: texts.some(isHtml) ? "a web page, not data" : "another shape" };
  }
}

// Statuspage is mimicked by others; only the form of the page's id tells who it is.
function sureOf(format: string, way: number, { page: { id = "" }, incidents }: Snapshot): Sure | undefined {
  if (format === "feed") return "medium";
  if (format === "incidentio" && way === 1) return ulid.test(id) ? "strong" : undefined;
  if (format === "incidentio" && way === 3)
    return incidents.some((one) => ulid.test(one.id)) ? "strong" : undefined;
  if (format !== "statuspage") return "strong";
  if (way === 0) return statuspageId.test(id) ? "strong" : ulid.test(id) ? undefined : "medium";
  return incidents.some((one) => statuspageId.test(one.id)) ? "medium" : undefined;
}

// Somebody else's JSON may fit a lenient shape, but hardly in the right words.
function speaksOurWords({ page, components, incidents, maintenances }: Snapshot): boolean {
  const words = [...components, ...incidents, ...maintenances].map(({ status }) => status);
  return words.some((word) => word !== "unknown") || (page.indicator ?? "unknown") !== "unknown";
}

function count({ page, components, incidents, maintenances }: Snapshot): string {
  const open = incidents.filter((incident) => !isOver(incident)).length;
  const counted = [
    some(components.length, "component"),
    some(open, "open incident"),
    some(incidents.length - open, "past incident"),
    some(maintenances.length, "maintenance"),
  ].filter((part) => part !== "");
  return counted.join(", ") || (page.indicator && page.indicator !== "unknown" ? "an overall state" : "");
}

function some(number: number, what: string): string {
  return number ? `${number} ${what}${number === 1 ? "" : "s"}` : "";
}
