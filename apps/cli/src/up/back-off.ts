/** When something that ended unexpectedly is started again. */
export interface BackOff {
  /** How long to wait, in ms, after an end that came after so long a run; undefined: it has ended too often. */
  waitAfter(ranForMs: number): number | undefined;
}

/** The last repeats. */
const waits = [200, 500, 1000, 2000, 5000, 10_000];

/** What has run for so long is healthy: its next end is counted as the first. */
const healthyAfterMs = 30_000;

/** Waits longer each time, up to `limit` ends in a row. Pure but for its count. */
export function createBackOff(limit = Number.POSITIVE_INFINITY): BackOff {
  let ends = 0;
  return {
    waitAfter(ranForMs) {
      if (ranForMs > healthyAfterMs) ends = 0;
      ends++;
      return ends > limit ? undefined : waits[Math.min(ends, waits.length) - 1];
    },
  };
}
