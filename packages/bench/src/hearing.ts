import { quantile } from "./statistics.ts";

/** Milliseconds from an event's place in the log, which is when Redis recorded it, to its arrival. */
export interface Lags {
  p50: number;
  p99: number;
}

const place = /^id: (\d+)-\d+\ndata: /gm;

/** What any number of watchers hear of the live stream, counted together. */
export function createHearing() {
  let messages = 0;
  let lags: number[] = [];

  function hear(text: string): void {
    const now = Date.now();
    for (const [, recordedAt] of text.matchAll(place)) {
      messages++;
      lags.push(now - Number(recordedAt));
    }
  }

  return {
    /** A new watcher: give it the text of its stream as it comes, in whatever pieces. */
    watcher(): (text: string) => void {
      let rest = "";
      return (text) => {
        const all = rest + text;
        const end = all.lastIndexOf("\n\n") + 2;
        if (end > 1) hear(all.slice(0, end));
        rest = end > 1 ? all.slice(end) : all;
      };
    },
    /** How many messages they have heard. */
    messages: () => messages,
    lags: (): Lags => ({ p50: quantile(lags, 0.5), p99: quantile(lags, 0.99) }),
    forget(): void {
      messages = 0;
      lags = [];
    },
  };
}
