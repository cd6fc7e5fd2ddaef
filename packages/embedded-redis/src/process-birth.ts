import { readFile } from "node:fs/promises";

/** Names a process for good, though its pid may be used again: "1234-8812" is pid 1234, born at kernel tick 8812. */
export async function identify(pid: number): Promise<string> {
  return `${pid}-${await birth(pid)}`;
}

/** Whether the process so named still runs. Where the kernel tells no birth (macOS), the pid has to do. */
export async function isRunning(identity: string): Promise<boolean> {
  const pid = Number.parseInt(identity, 10);
  return isAlive(pid) && (await identify(pid)) === identity;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

// Field 22 of /proc/PID/stat; field 2, the name, may itself hold spaces and brackets. A zombie (state Z) has ended.
async function birth(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? "ended" : (fields[19] ?? "0");
}
