import { isMet, type Result, spreadOf } from "./result.ts";
import type { Goal, Subject } from "./subject.ts";

/** A figure as people read it: three digits that mean something, thousands apart. */
export function amount(value: number): string {
  if (Number.isNaN(value)) return "–";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 0.01))));
  return value.toLocaleString("en-US", { maximumFractionDigits: digits });
}

/** What a figure should reach, in a few words. */
function goalText(goal: Goal | undefined, unit: string): string {
  if (!goal) return "";
  const { of, atLeast, atMost } = goal;
  const bounds = [atLeast !== undefined && `≥ ${amount(atLeast)}`, atMost !== undefined && `≤ ${amount(atMost)}`];
  return `${of === "ratio" ? "ratio " : ""}${bounds.filter(Boolean).join(", ")}${of === "ratio" ? "" : ` ${unit}`}`;
}

/** The rows of a table: figure, median, spread, baseline, ratio, goal, whether it is met. */
export function rowsOf({ figures }: Subject, results: readonly Result[]): string[][] {
  return results.map((result) => {
    const goal = figures.find(({ name }) => name === result.name)?.goal;
    const met = isMet(goal, result);
    return [
      result.name,
      `${amount(result.median)} ${result.unit}`,
      spreadOf(result).map(amount).join(" – "),
      result.baseline === null ? "" : amount(result.baseline),
      result.ratio === null ? "" : amount(result.ratio),
      goalText(goal, result.unit),
      met === undefined ? "" : met ? "met" : "missed",
    ];
  });
}

export const headings = ["figure", "median", "spread", "baseline", "ratio", "to reach", ""];

/** Rows with their columns under each other, for a terminal. */
export function aligned(rows: readonly string[][]): string {
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
