import { formatNamed } from "@statuswire/adapters";
import type { Service } from "@statuswire/catalog";

/** A guess that can be checked by asking: that a page answers one way of a format. */
export interface Candidate {
  format: string;
  way: number;
  page: URL;
  /** Who says so, where somebody does. */
  because?: string;
}

// What tells most comes first. Several of these are one request: the same URL is asked once.
const usual: readonly (readonly [format: string, way: number])[] = [
  ["incidentio", 0],
  ["statuspage", 0],
  ["incidentio", 1],
  ["instatus", 0],
  ["instatus", 1],
  ["betterstack", 0],
  ["cachet", 0],
  ["cachet", 1],
  ["openstatus", 0],
  ["cstate", 0],
  ["uptime-kuma", 0],
  ["gatus", 0],
];

const usualFeeds: readonly (readonly [format: string, way: number, path: string])[] = [
  ["statuspage", 1, ""],
  ["feed", 0, "/history.atom"],
  ["incidentio", 3, ""],
  ["feed", 0, "/feed.atom"],
  ["feed", 0, "/rss"],
];

/** What the catalog says of the page. */
export function fromCatalog({ name, format = "", ask, page }: Service): Candidate[] {
  return waysOf(format, new URL(ask ?? page)).map((candidate) => ({
    ...candidate,
    because: `the catalog knows it as ${name}`,
  }));
}

/** The platforms, by the addresses at which every page of theirs answers. */
export function usualCandidates(page: URL): Candidate[] {
  return usual.map(([format, way]) => ({ format, way, page }));
}

/** Feeds: those that the page's HTML names, then those at usual addresses. */
export function feedCandidates(page: URL, named: readonly URL[]): Candidate[] {
  return [
    ...named.map((feed): Candidate => ({
      format: "feed",
      way: 0,
      page: feed,
      because: "its HTML names this feed",
    })),
    ...usualFeeds.map(([format, way, path]) => ({ format, way, page: path ? new URL(path, page) : page })),
  ];
}

/** Every way of a format on a page; none when it only pushes, or when there is no such format. */
export function waysOf(format: string, page: URL): Candidate[] {
  return (formatNamed(format)?.ways ?? []).map((_endpoints, way) => ({ format, way, page }));
}
