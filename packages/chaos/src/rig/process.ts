import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** As they lie, seen from this file, compiled or not. */
const scripts = {
  ingest: "../../../../apps/ingest/dist/main.js",
  worker: "../../../../apps/worker/dist/main.js",
  "naive-ingest": "../../dist/processes/naive-ingest-main.js",
  "naive-worker": "../../dist/processes/naive-worker-main.js",
  abuser: "../../dist/processes/abuser-main.js",
  "naive-observer": "../../dist/processes/naive-observer-main.js",
  statuswire: "../../../../apps/cli/dist/main.js",
} as const;

/** One of our apps, or what a plain author would have written in its place, with its environment. */
export interface Program {
  app: keyof typeof scripts;
  env: NodeJS.ProcessEnv;
  /** For Node itself, before the script. */
  nodeArgs?: readonly string[];
  /** For the script. */
  args?: readonly string[];
  /** A program, with its arguments, to run Node under. */
  under?: readonly string[];
  /** Takes what it writes to stdout, line by line; what a death cuts short is left out. */
  heard?(line: string): void;
  /** Takes each line that it logs. */
  logged?(line: string): void;
  /** Finds where it listens in a line that it logs; for one that sends its parent no message. */
  urlIn?(line: string): string | undefined;
}

/** How a process ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process of ours that runs until it is ended, or ends itself. */
export interface Running {
  pid: number;
  /** Where it listens. */
  url: string;
  ended: Promise<Exit>;
  signal(signal: NodeJS.Signals): void;
  /** Asks it to end, insists after twelve seconds, and waits. */
  stop(): Promise<Exit>;
}

const startMs = 60_000;
const graceMs = 12_000;
const rememberedLines = 20;

/** Starts an app and waits until it says that it listens. Rejects with its last words when it never does. */
export async function start({ app, env, heard, logged, urlIn, ...command }: Program): Promise<Running> {
  const { nodeArgs = [], args = [], under = [] } = command;
  const script = fileURLToPath(new URL(scripts[app], import.meta.url));
  const [file, ...first] = [...under, process.execPath] as const;
  const child = spawn(file, [...first, ...nodeArgs, script, ...args], {
    env,
    stdio: ["ignore", heard ? "pipe" : "ignore", "pipe", "ipc"],
  });
  const words: string[] = [];
  byLine(child.stdout, (line) => heard?.(line));
  const announced = new Promise<string>((resolve) => {
    byLine(child.stderr, (line) => {
      words.push(line);
      if (words.length > rememberedLines) words.shift();
      logged?.(line);
      const url = urlIn?.(line);
      if (url !== undefined) resolve(url);
    });
  });
  const ended = endOf(child);
  const running = { pid: child.pid ?? 0, ended, signal: (signal: NodeJS.Signals) => void child.kill(signal) };
  try {
    const url = await Promise.race([messageOf(child, ended), announced]);
    return { ...running, url, stop: () => stop(child, ended) };
  } catch (error) {
    await stop(child, ended);
    throw new Error(`${app} could not start:\n${words.join("\n")}`, { cause: error });
  }
}

async function endOf(child: ChildProcess): Promise<Exit> {
  const [code, signal] = (await once(child, "exit")) as [Exit["code"], Exit["signal"]]; // As Node documents it.
  return { code, signal };
}

function byLine(stream: NodeJS.ReadableStream | null, take: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
}

/** Where it listens, from the message that it sends once it does. */
async function messageOf(child: ChildProcess, ended: Promise<Exit>): Promise<string> {
  const untimely = ended.then(({ code, signal }) => {
    throw new Error(`It ended with ${code ?? signal ?? "nothing"}.`);
  });
  // It ends some time in any case.
  untimely.catch(() => undefined);
  const message = once(child, "message", { signal: AbortSignal.timeout(startMs) });
  const [{ url }] = (await Promise.race([message, untimely])) as [{ url: string }]; // What `run` of packages/service sends.
  return url;
}

async function stop(child: ChildProcess, ended: Promise<Exit>): Promise<Exit> {
  if (child.exitCode !== null || child.signalCode !== null) return ended;
  // One that is stopped would not hear it.
  child.kill("SIGCONT");
  child.kill("SIGTERM");
  const insisting = new AbortController();
  void delay(graceMs, undefined, { signal: insisting.signal }).then(
    () => child.kill("SIGKILL"),
    () => undefined,
  );
  const exit = await ended;
  insisting.abort();
  return exit;
}
