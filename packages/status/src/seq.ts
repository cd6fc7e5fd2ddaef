/** Whether a place in the log, `milliseconds-count`, comes after another. */
export function isNewer(seq: string, than: string): boolean {
  const [ms = 0, count = 0] = seq.split("-").map(Number);
  const [thanMs = 0, thanCount = 0] = than.split("-").map(Number);
  return ms > thanMs || (ms === thanMs && count > thanCount);
}

/** Places in the order of the log. */
export function byPlace(one: string, other: string): number {
  if (one === other) return 0;
  return isNewer(one, other) ? 1 : -1;
}

/** When the log got what is at a place, in epoch ms. */
export function recordedAt(seq: string): number {
  return Number(seq.split("-", 1)[0]);
}
