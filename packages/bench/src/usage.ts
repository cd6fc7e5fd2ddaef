import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { cpuSeconds } from "@statuswire/testing";

/** The processes that a process has started, with their command lines. */
export async function childrenOf(pid: number): Promise<{ pid: number; command: string }[]> {
  const pids = (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).trim().split(" ").filter(Boolean);
  return Promise.all(
    pids.map(async (child) => ({
      pid: Number(child),
      command: (await readFile(`/proc/${child}/cmdline`, "utf8")).replaceAll("\0", " "),
    })),
  );
}

/** Processor seconds that some processes take, together, while `work` runs. */
export async function cpuDuring(pids: readonly number[], work: () => Promise<unknown>): Promise<number> {
  const total = async () => (await Promise.all(pids.map(cpuSeconds))).reduce((sum, seconds) => sum + seconds, 0);
  const before = await total();
  await work();
  return (await total()) - before;
}

/** Lets a window of time pass in which others are observed. */
export function window(seconds: number): Promise<void> {
  return wait(seconds * 1000);
}
