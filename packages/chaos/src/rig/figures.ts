import type { Outcome } from "../chaos/scenario.ts";

/** What came of one of several things that were performed in the same way; what was broken begins with its name. */
export interface RowOutcome extends Outcome {
  name: string;
}

/** Figures as a line says them. */
export function inWords(figures: Outcome["figures"]): string {
  return Object.entries(figures)
    .map(([name, figure]) => `${name} ${figure}`)
    .join(", ");
}

/** Rows as one outcome: of times and sizes the greatest, of all else the sum. */
export function together(rows: readonly RowOutcome[]): Outcome {
  const figures: Record<string, number> = {};
  for (const [name, figure] of rows.flatMap((row) => Object.entries(row.figures))) {
    const before = figures[name] ?? 0;
    figures[name] = /(?:Ms|Mb)$/.test(name) ? Math.max(before, figure) : before + figure;
  }
  return { figures, broken: rows.flatMap(({ broken }) => broken) };
}

/** Rows as one outcome in which each has its own figures. */
export function sideBySide(rows: readonly RowOutcome[]): Outcome {
  const figures = rows.flatMap((row) =>
    Object.entries(row.figures).map(([name, figure]) => [`${row.name}, ${name}`, figure] as const),
  );
  return { figures: Object.fromEntries(figures), broken: rows.flatMap(({ broken }) => broken) };
}
