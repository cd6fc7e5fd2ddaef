import { addProviders, type ProviderEntry } from "@statuswire/config";
import { Command } from "commander";
import { ExitError } from "../failed.ts";
import type { Environment } from "../redis.ts";
import { lines, mention, print, printJson, type Row, terminalOf } from "../terminal.ts";
import { wanted, type Wanted } from "../wanted.ts";
import { writeConfig } from "../write-config.ts";

interface Options {
  format?: string;
  json?: boolean;
}

/** What was asked for, and whether it was already there. */
interface Placed extends Wanted {
  isNew: boolean;
}

/** `statuswire add`: watch somebody else too. */
export function addCommand(env: Environment): Command {
  return new Command("add")
    .description("Watch more: write services and pages into statuswire.yaml; every comment stays.")
    .argument("<names-or-urls...>", "a known service's id, name or domain, or the address of any status page")
    .option("-f, --format <name>", "how the page talks, instead of asking it; see `formats`")
    .option("--json", "one JSON object")
    .action((texts: string[], options: Options) => add(texts, options, env));
}

async function add(texts: readonly string[], { format, json = false }: Options, env: Environment): Promise<void> {
  const found = await findAll(texts, format);
  const placed: Placed[] = [];
  const { path, isNew } = await writeConfig(env, (text) => withAll(text, found, placed));
  if (json) {
    printJson({ file: path, added: entries(placed, true), already: entries(placed, false) });
    return;
  }
  if (isNew) mention(`${path} is new. It also lists OpenAI, Discord and Apple, which were watched without it.`);
  print(...lines(placed.map(rowOf), terminalOf(env)));
}

/** Finds them one by one. Throws one error that names all who could not be found: nothing is written then. */
async function findAll(texts: readonly string[], format: string | undefined): Promise<Wanted[]> {
  const found: Wanted[] = [];
  const mistakes: string[] = [];
  for (const text of texts) {
    const answer = await wanted(text, format);
    if ("mistake" in answer) mistakes.push(answer.mistake);
    else found.push(answer);
  }
  if (mistakes.length) throw new ExitError(`${mistakes.join("\n")}\nNothing was written.`, { exitCode: 1 });
  return found;
}

function withAll(text: string, found: readonly Wanted[], placed: Placed[]): string {
  return found.reduce(
    (before, one) => {
      const after = addProviders(before, [one.entry]);
      placed.push({ ...one, isNew: after !== before });
      return after;
    },
    addProviders(text, []),
  );
}

function entries(placed: readonly Placed[], isNew: boolean): ProviderEntry[] {
  return placed.filter((one) => one.isNew === isNew).map(({ entry }) => entry);
}

function rowOf({ name, page, how, isNew }: Placed): Row {
  if (!isNew) return { symbol: "=", tone: "quiet", cells: [name, "is there already"] };
  return { symbol: "+", tone: "good", cells: [name, how, page] };
}
