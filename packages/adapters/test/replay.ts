import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Change, compare, type Comparison, type Known, nothing, type Snapshot } from "@statuswire/status";
import { formatNamed, snapshotOf } from "../src/adapt.ts";
import { textOf } from "./fixtures.ts";

const root = fileURLToPath(new URL("../fixtures/replays/", import.meta.url));

/** One look at a page. */
export interface Step {
  name: string;
  told: Snapshot;
  at: string;
}

/** A page's history in a vendor's shape, written by us, and what a careful person would tell of it. */
export interface History {
  name: string;
  steps: Step[];
  events: string[];
}

/** All histories: a folder each, called after its format, with a file for each look. */
export const histories: History[] = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, steps: stepsOf(name), events: linesOf(`${root}${name}/events.txt`) }));

/** What is known once a page was looked at, by poll. */
export function look(known: Known, { told, at }: Step): Comparison {
  return compare(known, told, { at, name: "Acme", isReading: true });
}

/** What each look changed, a line for each change. */
export function told(steps: readonly Step[]): string[] {
  let known = nothing;
  return steps.flatMap((step) => {
    const { changes, known: next } = look(known, step);
    known = next;
    return changes.map((change) => `${step.name}: ${lineOf(change)}`);
  });
}

/** Each step, and before it one of the older bodies, as an edge serves them now and then. */
export function withEchoes(steps: readonly Step[], seed: number): Step[] {
  return steps.flatMap((step, index) => {
    const echo = steps[(seed + index * 7) % (index + 1)] ?? step;
    return [step, { ...echo, at: later(step.at, 1) }, { ...step, at: later(step.at, 2) }];
  });
}

function lineOf({ type, status, initial, inferred, ...change }: Change): string {
  const { id } = change.incident ?? change.maintenance ?? change.component ?? { id: "page" };
  const marks = [...(initial ? ["initial"] : []), ...(inferred ? ["inferred"] : [])];
  return `${type} ${id}${marks.length ? ` (${marks.join(", ")})` : ""} "${status}"`;
}

function stepsOf(name: string): Step[] {
  const format = formatNamed(name);
  if (!format) throw new Error(`The history ${name} is called after no format.`);
  const files = readdirSync(root + name).filter((file) => /^\d\d-/.test(file));
  return files.sort().map((file, index) => {
    const at = later("2026-03-01T10:01:00.000Z", index * 10);
    return {
      name: file.replace(/^\d\d-|\.[a-z]+$/g, ""),
      told: snapshotOf(format, textOf(`${root}${name}/${file}`), { at }),
      at,
    };
  });
}

function linesOf(file: string): string[] {
  return readFileSync(file, "utf8").trim().split("\n");
}

function later(at: string, minutes: number): string {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}
