import { dayOf, type LagHistogram, type Lags } from "@statuswire/store";
import { remembered } from "./remembered.ts";

/** Over how many days lag is told, today included. */
const windows = [7, 30] as const;

/** What was counted in the last so many days. */
export interface LagWindow {
  days: number;
  histograms: readonly LagHistogram[];
}

export interface LagStatistics {
  /** What was counted lately, once for each window. */
  lately(): Promise<LagWindow[]>;
}

interface Dependencies {
  lags: Pick<Lags, "ofDay">;
  /** Epoch ms. */
  now(): number;
}

const dayMs = 24 * 60 * 60 * 1000;
const freshMs = 10_000;

/** Statistics of lag on what workers have counted. Days that are over are read once. */
export function createLagStatistics({ lags, now }: Dependencies): LagStatistics {
  const over = new Map<number, Promise<LagHistogram[]>>();

  function ofDay(day: number, today: number): Promise<LagHistogram[]> {
    // What was counted just before midnight may still be on its way.
    if (day >= today - dayMs) return lags.ofDay(day);
    const known = over.get(day) ?? lags.ofDay(day);
    over.set(day, known);
    known.catch(() => over.delete(day));
    return known;
  }

  async function read(): Promise<LagWindow[]> {
    const today = dayOf(now());
    const days = Array.from({ length: Math.max(...windows) }, (_, back) => today - back * dayMs);
    for (const day of over.keys()) if (!days.includes(day)) over.delete(day);
    const counted = await Promise.all(days.map((day) => ofDay(day, today)));
    return windows.map((length) => ({ days: length, histograms: counted.slice(0, length).flat() }));
  }

  return { lately: remembered(read, { freshMs, now }) };
}
