import type { Attempt, Detection, Match } from "@statuswire/detection";
import { oneLine } from "@statuswire/status";
import { Command } from "commander";
import { ExitError, wrongUsage } from "../failed.ts";
import { invocation } from "../invocation.ts";
import { addressIn, lookAt } from "../look-at.ts";
import type { Environment } from "../redis.ts";
import { lines, mention, print, printJson, type Row, terminalOf } from "../terminal.ts";

interface Options {
  json?: boolean;
}

/** `statuswire detect`: how a page talks. */
export function detectCommand(env: Environment): Command {
  return new Command("detect")
    .description("Find out how a status page talks, by asking it. Exit code 1 when nothing of it can be read.")
    .argument("<url>", "the page's address")
    .option("--json", "one JSON object")
    .action((text: string, options: Options) => detectPage(text, options, env));
}

async function detectPage(text: string, { json = false }: Options, env: Environment): Promise<void> {
  const url = addressIn(text);
  if (!url)
    throw new ExitError(`"${text}" is no address. Write it like https://status.acme.dev.`, {
      exitCode: wrongUsage,
    });
  if (!json) mention(`Asking ${url.host} …`);
  const detection = await lookAt(url);
  if (json) printJson(detection);
  else show(detection, env);
  const { best } = detection;
  if (!best || best.sure === "weak") process.exitCode = 1;
}

function show({ url, landed, trouble, tried, best }: Detection, env: Environment): void {
  const { host } = new URL(landed ?? url);
  print(
    ...lines(
      tried.map((attempt) => rowOf(attempt, host)),
      terminalOf(env),
    ),
  );
  if (landed !== undefined) print(`  The page was found at ${landed}`);
  if (trouble !== undefined) print(`  ${trouble}`);
  if (best) print(`→ ${conclusion(best)}`);
  else if (trouble === undefined) print(`→ ${nothing}`);
}

const nothing = "Nothing here can be read. Is this the status page itself? A feed's address will do as well.";

function conclusion({ format, way, sure, name, page }: Match): string {
  const found = `${format} (${sure})${name === undefined ? "" : `, ${oneLine(name)}`}.`;
  if (way === undefined) return `${found} Only a hint: nothing there can be asked.`;
  return `${found} Add with: ${invocation} add ${page.href}`;
}

const marks = {
  strong: { symbol: "✓", tone: "good" },
  medium: { symbol: "·", tone: "middling" },
  weak: { symbol: "·", tone: "quiet" },
  no: { symbol: "✗", tone: "quiet" },
} as const;

function rowOf({ format, url, outcome, status, landed, why }: Attempt, host: string): Row {
  const { host: there, pathname, search } = new URL(url);
  const asked = there === host ? `${pathname}${search}` : url;
  const shown = asked.length > 60 ? `${asked.slice(0, 59)}…` : asked;
  const found = landed === undefined ? why : `${why}; at ${landed}`;
  return { ...marks[outcome], cells: [format, shown, status === undefined ? "—" : String(status), found] };
}
