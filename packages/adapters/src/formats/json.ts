import {
  type Component,
  ComponentStatus,
  Impact,
  type Incident,
  IncidentStatus,
  type Maintenance,
  MaintenanceStatus,
  PayloadError,
  plainWord,
  type Snapshot,
} from "@statuswire/status";
import { z } from "zod";
import { epochSeconds, fromRfc822 } from "../dates.ts";
import type { Format, Told } from "../format.ts";
import {
  coverage,
  defined,
  epochMilliseconds,
  id,
  isReadable,
  type Listed,
  raw,
  silent,
  time,
} from "../payload.ts";
import { type Found, path } from "../path.ts";
import {
  type AffairsAt,
  type ComponentsAt,
  type IncidentsAt,
  JsonPage,
  type MaintenancesAt,
} from "./json-page.ts";

const label = z.union([z.string(), z.number(), z.boolean()]).transform((value) => String(value).trim());
const rfc822 = z
  .string()
  .transform((text) => fromRfc822(text))
  .pipe(z.string());
const anyTime = z.union([time, rfc822, epochMilliseconds.refine((at) => at > "1980"), epochSeconds]);

/** What one entry says where a path points; undefined for what is not there or not of that kind. */
function at<Output>(entry: Found, where: string | undefined, kind: z.ZodType<Output>): Output | undefined {
  return where === undefined ? undefined : kind.safeParse(path(where)(entry)[0]?.value).data;
}

/** Their word in our vocabulary: as the description has it, else as the field itself writes it. */
function ours<Word extends string>(
  vocabulary: z.ZodType<Word>,
  words: Readonly<Record<string, Word>>,
  theirs: string,
): Word | "unknown" {
  if (Object.hasOwn(words, theirs)) return words[theirs] ?? "unknown";
  return vocabulary.safeParse(plainWord(theirs)).data ?? "unknown";
}

/** The entries of a section. Throws PayloadError where the section is not: then this is another page. */
function entriesOf<Output>(
  payload: unknown,
  from: string,
  read: (entry: Found) => Output | undefined,
): Listed<Output> {
  const root = { key: "$", value: payload };
  const list = from.replace(/\.?\*$|\[\*\]$/, "");
  if (path(list)(root).length === 0) throw new PayloadError(`Nothing is at ${list} in the payload.`);
  const candidates = path(from)(root).flatMap((found) =>
    found.value === null ? [] : Array.isArray(found.value) ? path("*")(found) : [found],
  );
  const entries = candidates.flatMap((entry) => read(entry) ?? []);
  const listed = { entries, whole: entries.length === candidates.length };
  if (!isReadable(listed)) throw new PayloadError(`Nothing at ${from} could be read as described.`);
  return listed;
}

function component(entry: Found, where: ComponentsAt): Component | undefined {
  const name = at(entry, where.name, label);
  const theirs = at(entry, where.status, label);
  const identity = at(entry, where.id ?? where.name, id);
  if (!name || theirs === undefined || identity === undefined) return undefined;
  const status = ours(ComponentStatus, where.words, theirs);
  const group = at(entry, where.group, label);
  const updatedAt = at(entry, where.updatedAt, anyTime);
  return { id: identity, name, status, ...raw(status, theirs), ...defined({ group, updatedAt }) };
}

/** What incidents and maintenances share. A text is an update, as old as the entry says, else as the reading. */
function affair(entry: Found, where: AffairsAt, told: Told) {
  const identity = at(entry, where.id, id);
  const title = at(entry, where.title, label);
  if (identity === undefined || title === undefined) return undefined;
  const updatedAt = at(entry, where.updatedAt, anyTime);
  const body = at(entry, where.body, label);
  const status = at(entry, where.status, label);
  const update = { id: updatedAt ?? "text", status: status ?? "", body: body ?? "", at: updatedAt ?? told.at };
  const url = at(entry, where.url, label);
  const common = {
    id: identity,
    title,
    components: [],
    updates: body ? [update] : [],
    ...defined({ updatedAt, url }),
  };
  return { common, status };
}

// Listed without a state, it is open until it has an end.
function incident(entry: Found, where: IncidentsAt, told: Told): Incident | undefined {
  const said = affair(entry, where, told);
  if (!said) return undefined;
  const resolvedAt = at(entry, where.resolvedAt, anyTime);
  const startedAt = at(entry, where.startedAt, anyTime);
  const theirs = said.status ?? (resolvedAt ? "resolved" : "investigating");
  const status = ours(IncidentStatus, where.words, theirs);
  const impact = ours(Impact, where.impacts, at(entry, where.impact, label) ?? "");
  return { ...said.common, status, ...raw(status, theirs), impact, ...defined({ startedAt, resolvedAt }) };
}

function maintenance(entry: Found, where: MaintenancesAt, told: Told): Maintenance | undefined {
  const said = affair(entry, where, told);
  if (!said) return undefined;
  const theirs = said.status ?? "scheduled";
  const status = ours(MaintenanceStatus, where.words, theirs);
  const scheduledFor = at(entry, where.scheduledFor, anyTime);
  const scheduledUntil = at(entry, where.scheduledUntil, anyTime);
  const window = defined({ scheduledFor, scheduledUntil });
  return { ...said.common, status, ...raw(status, theirs), impact: "maintenance", ...window };
}

function snapshot(payload: unknown, page: JsonPage, told: Told): Snapshot {
  const { components: c, incidents: i, maintenances: m } = page;
  const components = c && entriesOf(payload, c.from, (entry) => component(entry, c));
  const incidents = i && entriesOf(payload, i.from, (entry) => incident(entry, i, told));
  const maintenances = m && entriesOf(payload, m.from, (entry) => maintenance(entry, m, told));
  return {
    ...silent,
    page: {},
    coverage: {
      components: coverage(components),
      incidents: coverage(incidents),
      maintenances: coverage(maintenances),
    },
    components: components?.entries ?? [],
    incidents: incidents?.entries ?? [],
    maintenances: maintenances?.entries ?? [],
  };
}

/**
 * The format of one page that nobody else knows, by a description of where in its JSON things stand.
 * Throws ZodError for a description that is none.
 */
export function jsonFormat(description: z.input<typeof JsonPage>): Format {
  const page = JsonPage.parse(description);
  const { endpoint } = page;
  return {
    ways: [[endpoint === undefined ? (url) => url : endpoint]],
    adapt: (payload, told) => snapshot(payload, page, told),
  };
}
