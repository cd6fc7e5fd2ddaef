import { fold } from "@statuswire/status";

/** The word that a typo most likely meant, or nothing when none is close. Of equally close ones, the first. */
export function nearest(typed: string, words: Iterable<string>): string | undefined {
  return nearestFolded(
    fold(typed),
    [...words].map((word) => [fold(word), word] as const),
  );
}

/** As `nearest`, of words that are folded already, each with what it stands for. */
export function nearestFolded<Meant>(typed: string, words: Iterable<readonly [string, Meant]>): Meant | undefined {
  let best: Meant | undefined;
  let limit = Math.max(1, Math.floor(typed.length / 3));
  for (const [word, meant] of words) {
    if (Math.abs(word.length - typed.length) > limit) continue;
    const steps = distance(typed, word, limit);
    if (steps > limit) continue;
    best = meant;
    limit = steps - 1;
  }
  return best;
}

/** Optimal string alignment (insert, delete, substitute, swap neighbours), or Infinity as soon as it exceeds the limit. */
function distance(a: string, b: string, limit: number): number {
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_cell, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(older, j - 2) + 1 : Infinity;
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, substituted, swapped));
    }
    if (Math.min(...row) > limit) return Infinity;
    [older, last] = [last, row];
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
