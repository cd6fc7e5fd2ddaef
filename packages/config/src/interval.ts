const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

export const intervalPattern = /^\d{1,6}(s|m|h)?$/;

/** `60`, `"60s"`, `"2m"` or `"1h"` as seconds. The text must match `intervalPattern`. */
export function secondsOf(every: string | number): number {
  if (typeof every === "number") return every;
  return Number.parseInt(every, 10) * (seconds[every.slice(-1)] ?? 1);
}

/** A shorter interval than this would be rude to someone else's server. */
export const shortestForPublic = 15;
export const longest = 86_400;
