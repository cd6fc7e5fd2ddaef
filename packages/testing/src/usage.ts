import { readFile } from "node:fs/promises";

/** Linux counts processor time in these, whatever the kernel's own tick is. */
const ticksPerSecond = 100;

/** Processor seconds, user and system, that a process has taken so far. Reads /proc, so Linux alone. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // The second field is the program's name in parentheses, and may hold anything; the third follows the last of them.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Resident memory of a process in MB; 0 when it has just gone, or where there is no /proc. */
export async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
