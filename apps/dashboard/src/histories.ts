import { daysOf, patienceMs, type Past, uptimeOf } from "@statuswire/status";
import type { Pasts, Reading, Readings } from "@statuswire/store";
import type { Watched } from "./board.ts";
import { historyView, type HistoryView } from "./views/history.ts";

/** How many days, today included. */
export const mostDays = 400;

/** Which days. */
export interface Wanted {
  /** How many, today included. */
  days: number;
  /** By whose clocks they begin: the canonical name of a zone, so that what is kept at hand is kept once. */
  timeZone: string;
}

/** What each provider's past days were like. */
export interface Histories {
  /** The provider as a whole. */
  ofProvider(watched: Watched, wanted: Wanted): Promise<HistoryView>;
  /** One of its components, by the vendor's id. */
  ofComponent(watched: Watched, component: string, wanted: Wanted): Promise<HistoryView>;
  /** Drops what is at hand about a provider: something has happened to it. */
  forget(id: string): void;
}

interface Dependencies {
  pasts: Pasts;
  readings: Readings;
  /** Epoch ms. */
  now(): number;
}

interface Counted {
  at: number;
  past: Promise<Past>;
  views: Map<string, HistoryView>;
}

/** Longer than a day's figures can be seen to stand still. */
const freshMs = 60_000;

/** Counts days when they are asked for, and not again within a minute in which nothing happens. */
export function createHistories({ pasts, readings, now }: Dependencies): Histories {
  const atHand = new Map<string, Counted>();

  function counted(watched: Watched): Counted {
    const last = atHand.get(watched.id);
    if (last && now() - last.at < freshMs) return last;
    const fresh: Counted = { at: now(), past: pastUntilNow(watched), views: new Map() };
    atHand.set(watched.id, fresh);
    fresh.past.catch(() => atHand.delete(watched.id));
    return fresh;
  }

  async function pastUntilNow({ id, everySeconds }: Watched): Promise<Past> {
    const [past, reading] = await Promise.all([pasts.of(id), readings.of(id)]);
    const from = unreadSince(reading, everySeconds);
    return from === undefined ? past : { ...past, gaps: [...past.gaps, { from }] };
  }

  /** Epoch seconds from which on nobody has read the page; undefined while it is being read. */
  function unreadSince({ polledAt, failingSince }: Reading, everySeconds: number | undefined): number | undefined {
    const last = Date.parse(failingSince ?? polledAt ?? "");
    if (Number.isNaN(last)) return Number.NEGATIVE_INFINITY;
    const isRead = everySeconds !== undefined && now() - last <= patienceMs(everySeconds);
    return isRead ? undefined : Math.floor(last / 1000);
  }

  async function view(watched: Watched, component: string | undefined, { days, timeZone }: Wanted) {
    const { past, views, at } = counted(watched);
    const key = JSON.stringify([component, days, timeZone]);
    const asked = { component, days, timeZone, now: Math.floor(at / 1000) };
    const shown = views.get(key) ?? historyView(daysOf(await past, asked), uptimeOf(await past, asked));
    views.set(key, shown);
    return shown;
  }

  return {
    ofProvider: (watched, wanted) => view(watched, undefined, wanted),
    ofComponent: view,
    forget: (id) => void atHand.delete(id),
  };
}
