import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A Node program to be run as a process of its own. */
export interface Program {
  /** As the compiled file lies, seen from this one. */
  script: URL;
  args?: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** Where it leaves a profile of its processor time when it ends. */
  profiles?: string;
  /** Takes what it writes to stdout; otherwise nobody does. */
  heard?(text: string): void;
}

export interface Running {
  pid: number;
  /** Where it listens, if it does. */
  url: string;
  /** Sends a message to one of the benchmark's own programs, and resolves with its answer. */
  ask(question: unknown): Promise<unknown>;
  /** Asks it to end, insists after ten seconds, and waits. */
  stop(): Promise<void>;
}

const startMs = 60_000;
const graceMs = 10_000;
const rememberedChars = 2000;

/** One of our apps, as `statuswire up` runs it. */
export function app(name: "dashboard" | "ingest" | "worker"): URL {
  return new URL(`../../../apps/${name}/dist/main.js`, import.meta.url);
}

/** One of the benchmark's own programs: a baseline, or the pages of others. */
export function ownProgram(name: string): URL {
  return new URL(`./processes/${name}.js`, import.meta.url);
}

/** Starts a program and waits until it says that it is ready. Rejects with its last words when it never is. */
export async function start({ script, args = [], env, profiles, heard }: Program): Promise<Running> {
  const profiling = profiles === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profiles}`];
  const child = spawn(process.execPath, [...profiling, fileURLToPath(script), ...args], {
    env,
    stdio: ["ignore", heard ? "pipe" : "ignore", "pipe", "ipc"],
  });
  if (heard) child.stdout?.setEncoding("utf8").on("data", heard);
  const lastWords = remember(child);
  const { url } = await ready(child, lastWords).catch(async (error: unknown) => {
    await stop(child);
    throw error;
  });
  return { pid: child.pid ?? 0, url, ask: (question) => ask(child, question), stop: () => stop(child) };
}

/** Listens to a process' stderr; what it returns gives the end of it. */
export function remember(child: ChildProcess): () => string {
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-rememberedChars);
  });
  return () => words;
}

async function ready(child: ChildProcess, lastWords: () => string): Promise<{ url: string }> {
  const tooLate = AbortSignal.timeout(startMs);
  const ended = untimelyEnd(child, lastWords);
  // It ends some time in any case.
  ended.catch(() => undefined);
  const [message] = (await Promise.race([once(child, "message", { signal: tooLate }), ended])) as [
    { url?: string },
  ];
  return { url: message.url ?? "" };
}

/** Rejects, with what it last said, when a process ends. */
export async function untimelyEnd(child: ChildProcess, lastWords: () => string): Promise<never> {
  const [code] = (await once(child, "exit")) as [unknown];
  throw new Error(`${child.spawnargs.join(" ")} ended with ${String(code)} before it was ready:\n${lastWords()}`);
}

async function ask(child: ChildProcess, question: unknown): Promise<unknown> {
  const answered = once(child, "message");
  child.send(question as object); // Our own programs, which only take objects.
  return ((await answered) as [unknown])[0];
}

/** Asks a process to end, insists after ten seconds, and waits. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const insisting = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await ended;
  clearTimeout(insisting);
}
