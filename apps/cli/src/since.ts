import { placeOf } from "@statuswire/store";

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * The place in the log after which to begin: for an age (`1h`), a time in ISO 8601, or a seq, which is a place itself.
 * Throws an error that says what can be given.
 */
export function startOf(since: string, now: number): string {
  if (/^\d+-\d+$/.test(since)) return since;
  const [, amount, unit] = /^(\d+)([smhd])$/.exec(since) ?? [];
  const from = amount && unit ? now - Number(amount) * units[unit as keyof typeof units] : Date.parse(since);
  if (Number.isNaN(from)) {
    throw new Error(
      `--since takes an age (30s, 15m, 1h, 7d), a time in ISO 8601, or a seq such as 1762180320000-0, not "${since}".`,
    );
  }
  return placeOf(from);
}
