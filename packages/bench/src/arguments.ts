import { parseArgs } from "node:util";
import type { Subject } from "./subject.ts";

/** What the command line asks for. */
export interface Wanted {
  subjects: readonly Subject[];
  quick: boolean;
  json: boolean;
  write: boolean;
  list: boolean;
  help: boolean;
  profiles?: string;
}

export const usage = `Usage: npm run bench -- [SUBJECT ...] [OPTIONS]

Measures subjects, each beside its baseline in the same run: medians with their spread, and the ratio that counts.
Without a subject, or with "all": all of them, which takes an hour on a quiet machine.

  --list            what can be measured
  --quick           shorter runs and smaller numbers: to see that it works, not to be quoted
  --json            one object for each figure: name, unit, median, baseline, ratio, runs
  --write           put the figures into docs/performance.md, beside those of other subjects from earlier runs, with a chart
  --profiles DIR    have our processes leave profiles of their processor time there
`;

/** Throws an Error that says what is wrong with the command line. */
export function readArguments(args: readonly string[], known: readonly Subject[]): Wanted {
  const options = {
    quick: flag,
    json: flag,
    write: flag,
    list: flag,
    help: { ...flag, short: "h" },
    profiles: text,
  };
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const names = positionals.length ? positionals : ["all"];
  const unknown = names.filter((name) => name !== "all" && !known.some((subject) => subject.name === name));
  if (unknown.length) {
    const there = ["all", ...known.map(({ name }) => name)].join(", ");
    throw new Error(`Nothing is called "${unknown.join('", "')}". There are: ${there}.`);
  }
  const isAll = names.includes("all");
  return { ...values, subjects: known.filter(({ name }) => isAll || names.includes(name)) };
}

const text = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;
