import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

export interface Command {
  file: string;
  args: string[];
  argv0?: string;
  cwd?: string;
  env: NodeJS.ProcessEnv;
  timeoutMs: number;
}

export interface Outcome {
  /** Null when it could not be run, was killed, or took too long. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end. A program that is missing or fails is an outcome, not an error. */
export async function run({ file, args, timeoutMs, ...options }: Command): Promise<Outcome> {
  const child = spawn(file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  // Node's own `timeout` option leaves its timer running when the program is missing.
  const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  try {
    const [code, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    return { code, stdout, stderr };
  } finally {
    clearTimeout(timer);
  }
}
