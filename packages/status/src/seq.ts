/** Whether a place in the log, `milliseconds-count`, comes after another. */
export function isNewer(seq: string, than: string): boolean {
  const [ms = 0, count = 0] = seq.split("-").map(Number);
  const [thanMs = 0, thanCount = 0] = than.split("-").map(Number);
  return ms > thanMs || (ms === thanMs && count > thanCount);
}
