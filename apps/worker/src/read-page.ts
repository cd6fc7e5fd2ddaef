import { hash as hashed } from "node:crypto";
import { type Format, urlsOf, type Way } from "@statuswire/adapters";
import type { Provider } from "@statuswire/config";
import { FetchError, type Fetched, type Outbound } from "@statuswire/outbound";
import { canonicalJson, PayloadError, type Snapshot } from "@statuswire/status";
import type { Reading } from "@statuswire/store";
import { adaptPoll, formatOf } from "./adapt.ts";
import { EmptyPageError } from "./page-health.ts";
import { type Received, receivedIn, type Seen } from "./received.ts";

/** What it takes to ask a page. */
export type Pages = Pick<Outbound, "fetchPage">;

/** How a page answered: nothing new, or what a reading of it says. */
export type Answer =
  | { kind: "unchanged"; received: Received; seen?: Seen }
  | {
      kind: "changed";
      received: Received;
      bodies: readonly [string, ...string[]];
      way: number;
      hash: string;
      components: number;
      seen: Seen;
    };

interface Asking {
  provider: Pick<Provider, "page" | "format" | "json">;
  reading: Pick<Reading, "way" | "hash" | "marked" | "bytes" | "components" | "etag" | "lastModified">;
  /** When the request starts: the time of whatever carries none. */
  at: string;
}

/** A provider that can only push. */
const neverAsked = "This format has no address to ask; it only sends webhooks.";

/**
 * Reads a page: the way that worked last time, then the format's other ways. The same bytes say the same and are not read
 * again; others are compared by what they say, since many pages put a time into each response. Throws what the last way threw.
 */
export async function readPage(outbound: Pages, { provider, reading, at }: Asking): Promise<Answer> {
  const format = formatOf(provider);
  if (!format.ways.length) throw new PayloadError(neverAsked);
  let failure: unknown;
  for (const way of inOrder(format.ways.length, reading.way)) {
    try {
      return await readOneWay(outbound, { provider, reading, at, format, way });
    } catch (error) {
      failure = error;
      if (!isWrongWay(error)) throw error;
    }
  }
  throw failure;
}

function inOrder(count: number, first: number): number[] {
  return [...Array(count).keys()].sort((a, b) => Number(b === first) - Number(a === first));
}

// Not there, or there in another shape: the page may still answer another way. All else is the page's trouble.
function isWrongWay(error: unknown): boolean {
  return (
    error instanceof PayloadError ||
    (error instanceof FetchError && (error.reason === "gone" || error.reason === "status"))
  );
}

async function readOneWay(
  outbound: Pages,
  { provider, reading, at, format, way }: Asking & { format: Format; way: number },
): Promise<Answer> {
  const endpoints: Way = format.ways[way] ?? [];
  const marked = way === reading.way && reading.marked === reading.hash ? reading.marked : undefined;
  const isSame = marked !== undefined && endpoints.length === 1;
  const answers = await fetchAll(outbound, urlsOf(endpoints, new URL(provider.page)), isSame ? reading : {});
  const bodies = answers.flatMap((answer) => (answer.kind === "fresh" ? [answer.text] : []));
  const [first, ...others] = bodies;
  const received = receivedIn(answers);
  if (first === undefined) return { kind: "unchanged", received };

  const validators = answers.length === 1 && answers[0]?.kind === "fresh" ? answers[0].validators : {};
  const marks = { ...validators, bytes: digestOf(provider, [first, ...others]) };
  if (marked !== undefined && marks.bytes === reading.bytes)
    return { kind: "unchanged", received, seen: { ...marks, marked } };
  const snapshot = adaptPoll(format, { bodies: [first, ...others], at });
  const { components, incidents } = snapshot;
  // Silence is not health. A page that only lists what is open may well list nothing; one with components may not.
  if (!components.length && !incidents.length && reading.components) throw new EmptyPageError();
  const hash = digest(contentOf(snapshot));
  const seen = { ...marks, marked: hash };
  if (way === reading.way && hash === reading.hash) return { kind: "unchanged", received, seen };
  const past = isFirst(reading) ? await readPast(outbound, format, provider) : [];
  const said = { way, hash, components: components.length, seen };
  return { kind: "changed", received, bodies: [first, ...others, ...past], ...said };
}

function isFirst({ components }: Asking["reading"]): boolean {
  return components === undefined;
}

// Read together with the first reading, the past is part of the first look. A page that keeps it to itself costs nothing more.
async function readPast(outbound: Pages, format: Format, { page }: Asking["provider"]): Promise<string[]> {
  const url = format.pastUrl?.(new URL(page));
  if (!url) return [];
  try {
    const answer = await outbound.fetchPage(url);
    if (answer.kind === "unchanged") return [];
    adaptPoll(format, { bodies: [answer.text], at: new Date(0).toISOString() });
    return [answer.text];
  } catch {
    return [];
  }
}

async function fetchAll(
  outbound: Pages,
  urls: URL[],
  { etag, lastModified }: Partial<Reading>,
): Promise<Fetched[]> {
  const known = { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
  return Promise.all(urls.map((url) => outbound.fetchPage(url, known)));
}

// Times that only say when the page was built are no content; a component without its own time has ours.
function contentOf({ page: { updatedAt: _builtAt, ...page }, ...said }: Snapshot): string {
  return canonicalJson({ page, ...said });
}

// The same bytes in another format would say something else.
function digestOf({ format, json }: Asking["provider"], bodies: readonly string[]): string {
  return digest(JSON.stringify([format, json]) + bodies.join("\0"));
}

function digest(text: string): string {
  return hashed("sha256", text, "base64url");
}
