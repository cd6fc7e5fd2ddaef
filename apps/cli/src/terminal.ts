import { styleText } from "node:util";
import type { Environment } from "./redis.ts";

/** Where a command prints: how wide it is, and whether it shows colours. */
export interface Terminal {
  isColoured: boolean;
  /** Absent when it is no terminal: nothing is cut then. */
  columns: number | undefined;
}

/** What stdout can show. NO_COLOR and FORCE_COLOR have the last word (https://no-color.org). */
export function terminalOf(env: Environment): Terminal {
  const { isTTY, columns } = process.stdout;
  const forced = env["FORCE_COLOR"];
  const isUsual = isTTY && env["TERM"] !== "dumb";
  const isColoured = !env["NO_COLOR"] && (forced ? forced !== "0" : isUsual);
  return { isColoured, columns: isTTY ? columns : undefined };
}

export type Tone = "good" | "bad" | "middling" | "quiet";

const colours = { good: "green", bad: "red", middling: "yellow", quiet: "gray" } as const;

/** A row of a list: a symbol, and words in columns. */
export interface Row {
  symbol: string;
  tone: Tone;
  cells: readonly string[];
}

/** Rows as lines, their columns aligned; cut at the terminal's edge. Colour is never the only sign: the symbols differ. */
export function lines(rows: readonly Row[], { isColoured, columns }: Terminal): string[] {
  const widths = widthsOf(rows);
  return rows.map(({ symbol, tone, cells }) => {
    const words = cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ");
    const line = cut(words.trimEnd(), columns === undefined ? undefined : columns - 2);
    return `${isColoured ? styleText(colours[tone], symbol, { validateStream: false }) : symbol} ${line}`;
  });
}

/** Prints lines on stdout. */
export function print(...text: readonly string[]): void {
  for (const line of text) process.stdout.write(`${line}\n`);
}

/** Prints data on stdout as JSON, whole. */
export function printJson(data: unknown): void {
  print(asJson(data, 2));
}

// What JSON leaves as it is, and terminals obey: DEL, C1 controls, line separators, and what turns the direction of text.
const obeyed = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Data as JSON that does nothing to a terminal. */
export function asJson(data: unknown, indent?: number): string {
  return JSON.stringify(data, null, indent).replace(
    obeyed,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Says on stderr what is going on; stdout is for data. */
export function mention(text: string): void {
  process.stderr.write(`${text}\n`);
}

function widthsOf(rows: readonly Row[]): number[] {
  const most = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return Array.from({ length: most }, (_column, index) =>
    Math.max(0, ...rows.map(({ cells }) => cells[index]?.length ?? 0)),
  );
}

function cut(line: string, columns: number | undefined): string {
  return columns === undefined || line.length <= columns ? line : `${line.slice(0, Math.max(0, columns - 1))}…`;
}
