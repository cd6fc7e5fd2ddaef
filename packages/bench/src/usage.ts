import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";

/** Linux counts processor time in these, whatever the kernel's own tick is. */
const ticksPerSecond = 100;

/** Processor seconds, user and system, that a process has taken so far. Reads /proc, so Linux alone. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The second field is the program's name in parentheses, and may hold anything; the third follows the last of them.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory of a process in MB. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

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
