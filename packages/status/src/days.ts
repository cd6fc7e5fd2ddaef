import { midnightsOf } from "./midnights.ts";
import type { Past, Standing, Turn } from "./past.ts";
import { type Seconds, type Span, tally } from "./tally.ts";

/** A day by the clocks of a time zone, from midnight to midnight; of the last one, as much as has passed. */
export interface Day {
  /** `2026-11-22` */
  date: string;
  /** How long the worst that was declared was what; `unknown` while nothing was declared and nobody looked. */
  seconds: Seconds;
  /** How many seconds of it the page was being read and listed this, whatever it said. */
  observed: number;
}

/** Whose time, and how much of it. */
export interface Wanted {
  /** The id of a component; without it, the provider as a whole. */
  component?: string | undefined;
  /** How many, today included. */
  days: number;
  /** Epoch seconds. */
  now: number;
}

/** Whose days, and which. */
export interface WantedDays extends Wanted {
  /** By whose clocks days begin: an IANA name, such as `Europe/Berlin`. */
  timeZone: string;
}

/** What each day was like, the oldest first. Never green by accident: time in which nobody looked is unknown. */
export function daysOf(past: Past, { component, days, now, timeZone }: WantedDays): Day[] {
  const midnights = midnightsOf({ timeZone, days, now });
  const counted = between(past, [...midnights.map(({ at }) => at), now], component);
  return counted.map((day, index) => ({ date: midnights[index]?.date ?? "", ...day }));
}

/** The same between each of several times (epoch seconds, ascending) and the next. */
export function between(past: Past, times: readonly number[], component?: string): Omit<Day, "date">[] {
  const unseen = unseenOf(past, component);
  const seen = tally(unseen, times);
  return tally([...unseen, ...declaredOf(past, component)], times).map((seconds, index) => ({
    seconds,
    observed: seen[index]?.operational ?? 0,
  }));
}

/** Epoch seconds from which on we have looked at it; undefined while nobody has. */
export function seenSince({ since, turns }: Past, component?: string): number | undefined {
  if (component === undefined || since === undefined) return since;
  const first = turns.get(component)?.[0];
  if (!first) return undefined;
  return first.from === "absent" ? Math.max(since, first.at) : since;
}

function unseenOf(past: Past, component: string | undefined): Span[] {
  const { gaps, turns } = past;
  const before = { from: Number.NEGATIVE_INFINITY, until: seenSince(past, component) };
  const own = component === undefined ? [] : standingsOf(turns.get(component) ?? []);
  const unlisted = own.filter(({ standing }) => standing === "absent");
  return [before, ...gaps, ...unlisted].map(({ from, until }) => ({ from, until, state: "unknown" }));
}

function declaredOf({ troubles, turns }: Past, component: string | undefined): Span[] {
  const concerning = [...troubles.values()].filter(
    ({ components }) => component === undefined || components.includes(component),
  );
  const heard = component === undefined ? [...turns.values()] : [turns.get(component) ?? []];
  return [
    ...concerning.flatMap(({ state, stretches }) => stretches.map((stretch) => ({ ...stretch, state }))),
    ...heard.flatMap(standingsOf).flatMap(({ standing, ...stretch }) =>
      // That one component is not listed says nothing of its provider.
      standing === "absent" || standing === "operational" ? [] : [{ ...stretch, state: standing }],
    ),
  ];
}

interface Stood {
  from: number;
  until: number | undefined;
  standing: Standing;
}

// Each word counts from no earlier than the one before it, whatever the vendor's clock says.
function standingsOf(turns: readonly Turn[]): Stood[] {
  const stood: Stood[] = [];
  let last: Omit<Stood, "until"> = { from: Number.NEGATIVE_INFINITY, standing: turns[0]?.from ?? "absent" };
  for (const { at, to } of turns) {
    const from = Math.max(last.from, at);
    stood.push({ ...last, until: from });
    last = { from, standing: to };
  }
  return [...stood, { ...last, until: undefined }];
}
