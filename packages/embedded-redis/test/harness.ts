import { chmod, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";

/** A folder of its own for one test, and what removes it. */
export async function folder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "sw-redis-")));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The environment of a test: nothing is installed by one. */
export function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...process.env, STATUSWIRE_NO_INSTALL: "1", ...more };
}

/** Means that report to nobody. */
export const means = { env: environment(), report: () => undefined };

/** Sends one inline command and gives the raw reply. */
export async function ask(socketPath: string, command: string): Promise<string> {
  const socket = createConnection(socketPath);
  socket.end(`${command}\r\n`);
  return text(socket);
}

/** A program that says what it is told to, for the searches that must not trust a name. */
export async function program(file: string, script: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

/** Waits for a condition, at most ten seconds. @statuswire/testing has a better one, and is built on this package. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${condition.toString()}`);
    await delay(20);
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
