import type {
  AffectedComponent,
  Component,
  Incident,
  Maintenance,
  Omitted,
  Snapshot,
  Update,
} from "./snapshot.ts";

/**
 * The most that is taken of one observation. Lengths are in characters; a text that is longer ends with "…", a URL that is longer
 * is left out. Documented in docs/architecture.md.
 */
export const limits = {
  components: 10_000,
  incidents: 1_000,
  maintenances: 1_000,
  /** Of one incident or maintenance: the newest. */
  updates: 1_000,
  affectedComponents: 1_000,
  marks: 50,
  /** In bytes of JSON. Every event repeats the id of its subject. */
  id: 300,
  name: 300,
  title: 500,
  word: 100,
  url: 2_000,
  body: 16_384,
  /** Events of one observation. */
  events: 5_000,
} as const;

/** Which ids are known as they are: those keep their length, or their subjects would be reported anew. */
interface KnownIds {
  readonly components: ReadonlyMap<string, unknown>;
  readonly incidents: ReadonlyMap<string, unknown>;
  readonly maintenances: ReadonlyMap<string, unknown>;
}

/** The snapshot without what exceeds the limits. Where a list was cut, `page.omitted` counts what is missing, and coverage is partial. */
export function withinLimits(snapshot: Snapshot, known: KnownIds): Snapshot {
  const { page, coverage } = snapshot;
  const components = first(snapshot.components, limits.components);
  const incidents = first(snapshot.incidents, limits.incidents);
  const maintenances = first(snapshot.maintenances, limits.maintenances);
  const omitted = countsOf({
    components: snapshot.components.length - components.length,
    incidents: snapshot.incidents.length - incidents.length,
    maintenances: snapshot.maintenances.length - maintenances.length,
    updates: [...incidents, ...maintenances].reduce(
      (sum, { updates }) => sum + Math.max(0, updates.length - limits.updates),
      0,
    ),
  });
  return {
    page: {
      ...page,
      ...(page.name === undefined ? {} : { name: shortened(page.name, limits.name) }),
      ...(page.url === undefined ? {} : { url: shortUrl(page.url) }),
      ...(omitted ? { omitted } : {}),
    },
    coverage: {
      components: omitted?.components ? "partial" : coverage.components,
      incidents: omitted?.incidents ? "partial" : coverage.incidents,
      maintenances: omitted?.maintenances ? "partial" : coverage.maintenances,
    },
    components: components.map((component) => shortComponent(component, known.components)),
    incidents: incidents.map((incident) => shortAffair(incident, known.incidents)),
    maintenances: maintenances.map((maintenance) => shortAffair(maintenance, known.maintenances)),
  };
}

/** The counts that are not zero; undefined when all are. */
export function countsOf(counts: Readonly<Record<string, number>>): Omitted | undefined {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.length ? Object.fromEntries(some) : undefined;
}

/** The text, or as much of it as fits, with "…" as its last character. Never ends within a character. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** How many bytes a value takes as JSON. */
export function jsonBytes(value: unknown): number {
  return utf8.encode(JSON.stringify(value)).length;
}

const utf8 = new TextEncoder();

function first<Item>(items: Item[], most: number): Item[] {
  return items.length <= most ? items : items.slice(0, most);
}

function shortComponent(component: Component, known: ReadonlyMap<string, unknown>): Component {
  const { id, name, group, rawStatus } = component;
  const isShort =
    isShortId(id) &&
    name.length <= limits.name &&
    (group?.length ?? 0) <= limits.name &&
    (rawStatus?.length ?? 0) <= limits.word;
  if (isShort) return component;
  return {
    ...component,
    id: known.has(id) ? id : shortId(id),
    name: shortened(name, limits.name),
    ...(group === undefined ? {} : { group: shortened(group, limits.name) }),
    ...(rawStatus === undefined ? {} : { rawStatus: shortened(rawStatus, limits.word) }),
  };
}

function shortAffair<A extends Incident | Maintenance>(affair: A, known: ReadonlyMap<string, unknown>): A {
  const { id, title, rawStatus, url, product, components, marks, updates } = affair;
  if (isWithinLimits(affair)) return affair;
  return {
    ...affair,
    id: isShortId(id) || known.has(id) ? id : shortId(id),
    title: shortened(title, limits.title),
    ...(rawStatus === undefined ? {} : { rawStatus: shortened(rawStatus, limits.word) }),
    ...(url === undefined ? {} : { url: shortUrl(url) }),
    ...(product === undefined ? {} : { product: shortened(product, limits.title) }),
    ...(marks === undefined ? {} : { marks: marks.slice(0, limits.marks) }),
    components: first(components, limits.affectedComponents).map(shortAffected),
    updates: newest(updates).map(shortUpdate),
  };
}

// Nearly all are. To look costs no copies.
function isWithinLimits({
  id,
  title,
  rawStatus,
  url,
  product,
  components,
  marks,
  updates,
}: Incident | Maintenance) {
  return (
    isShortId(id) &&
    title.length <= limits.title &&
    (rawStatus?.length ?? 0) <= limits.word &&
    (url?.length ?? 0) <= limits.url &&
    (product?.length ?? 0) <= limits.title &&
    (marks?.length ?? 0) <= limits.marks &&
    components.length <= limits.affectedComponents &&
    updates.length <= limits.updates &&
    components.every((component) => shortAffected(component) === component) &&
    updates.every((update) => shortUpdate(update) === update)
  );
}

function shortAffected(component: AffectedComponent): AffectedComponent {
  const { id, name } = component;
  if (name.length <= limits.name && (id === undefined || isShortId(id))) return component;
  return { ...component, ...(id === undefined ? {} : { id: shortId(id) }), name: shortened(name, limits.name) };
}

function newest(updates: Update[]): Update[] {
  if (updates.length <= limits.updates) return updates;
  return updates.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)).slice(-limits.updates);
}

function shortUpdate(update: Update): Update {
  const { status, body } = update;
  if (status.length <= limits.word && body.length <= limits.body) return update;
  return { ...update, status: shortened(status, limits.word), body: shortened(body, limits.body) };
}

function shortUrl(url: string): string | undefined {
  return url.length <= limits.url ? url : undefined;
}

// A character takes six bytes at most: most ids need not be measured.
function isShortId(id: string): boolean {
  return id.length * 6 <= limits.id || jsonBytes(id) <= limits.id;
}

/** An id that is too long, as its beginning and a digest of all of it. */
export function shortId(id: string, longest: number = limits.id): string {
  if (jsonBytes(id) <= longest) return id;
  const digest = `~${hash(id, 0x811c9dc5)}${hash(id, 0x9747b28c)}`;
  let length = Math.min(id.length, longest);
  while (length > 0 && jsonBytes(id.slice(0, length)) + digest.length > longest) length--;
  return `${id.slice(0, length).replace(/[\ud800-\udbff]$/, "")}${digest}`;
}

/** FNV-1a with a final mix, as eight hexadecimal digits. */
function hash(text: string, seed: number): string {
  let value = seed;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  return ((value ^ (value >>> 13)) >>> 0).toString(16).padStart(8, "0");
}
