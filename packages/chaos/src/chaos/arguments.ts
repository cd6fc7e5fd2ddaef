import { parseArgs } from "node:util";
import type { Scenario } from "./scenario.ts";

/** What the command line asks for. */
export interface Wanted {
  scenarios: readonly Scenario[];
  episodes: number | undefined;
  json: boolean;
  list: boolean;
  help: boolean;
}

export const usage = `npm run chaos -- [options]

Performs faults on the real processes, each with its control: the same check on something broken, which it must find.
Exit code 0 when every promise was kept and every control was caught.

  --list         what there is
  --only ID      this one alone; may be given several times
  --episodes N   the long form: N times, where --list says how often the short form, of a minute at most, repeats a scenario
  --json         the outcomes as JSON on stdout
  --help         this
`;

const flag = { type: "boolean", default: false } as const;

/** Throws an Error that says what is wrong with the command line. */
export function readArguments(args: readonly string[], catalogue: readonly Scenario[]): Wanted {
  const only = { type: "string", multiple: true, default: [] as string[] } as const;
  const options = { list: flag, json: flag, help: flag, only, episodes: { type: "string" } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const unknown = values.only.filter((id) => !catalogue.some((scenario) => scenario.id === id));
  if (unknown.length) {
    throw new Error(
      `Nothing is called "${unknown.join('", "')}". There are: ${catalogue.map(({ id }) => id).join(", ")}.`,
    );
  }
  const { list, json, help } = values;
  const scenarios = catalogue.filter(({ id }) => !values.only.length || values.only.includes(id));
  return { scenarios, episodes: episodesIn(values.episodes), list, json, help };
}

function episodesIn(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const episodes = Number(text);
  if (Number.isInteger(episodes) && episodes > 0) return episodes;
  throw new Error(`--episodes takes a whole number from 1 on, not "${text}".`);
}
