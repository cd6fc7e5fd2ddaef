/** Counts by bucket. Those of several days, or of several sinks, are added up to one. */
export type LagCounts = ReadonlyMap<number, number>;

/** Buckets a doubling: each is 19 % wider than the one before. */
const aDoubling = 4;
/** 49 days. What took longer counts as that. */
const last = 32 * aDoubling;

/** The bucket that a time in ms belongs to. Bucket 0 ends at one ms, and each further one at 2^(1/4) times the one before. */
export function lagBucketOf(ms: number): number {
  return ms <= 1 ? 0 : Math.min(last, Math.ceil(Math.log2(ms) * aDoubling));
}

/** Several counts as one. */
export function addLagCounts(all: Iterable<LagCounts>): LagCounts {
  const sum = new Map<number, number>();
  for (const counts of all) for (const [bucket, count] of counts) sum.set(bucket, (sum.get(bucket) ?? 0) + count);
  return sum;
}

/** How many were counted. */
export function lagTotal(counts: LagCounts): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** The time in ms within which a share of what was counted lies, right to 10 %. Undefined when nothing was counted. */
export function lagQuantile(counts: LagCounts, share: number): number | undefined {
  const wanted = share * lagTotal(counts);
  let passed = 0;
  for (const [bucket, count] of [...counts].sort(([one], [other]) => one - other)) {
    passed += count;
    if (passed >= wanted) return middleOf(bucket);
  }
  return undefined;
}

// Between its two ends by ratio, so that it is as far from either.
function middleOf(bucket: number): number {
  return bucket === 0 ? 1 : 2 ** ((bucket - 0.5) / aDoubling);
}
