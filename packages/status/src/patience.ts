const minute = 60_000;

/** How long (ms) a page that is asked every so often may be silent before it can't be relied on: three readings or ten minutes. */
export function patienceMs(everySeconds: number): number {
  return Math.max(3 * everySeconds * 1000, 10 * minute);
}
