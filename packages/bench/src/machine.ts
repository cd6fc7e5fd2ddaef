import { execFile } from "node:child_process";
import { arch, cpus, loadavg, release, totalmem, type } from "node:os";
import { promisify } from "node:util";
import { findRedis } from "@statuswire/embedded-redis";

/** What figures were taken on. Absolute ones mean nothing without it. */
export interface Machine {
  processor: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
  redis: string;
  /** The load average of the last minute when the runs had ended. */
  load: number;
  commit: string;
  at: string;
}

/** Looks at the machine that we run on. */
export async function machine(env: NodeJS.ProcessEnv): Promise<Machine> {
  const processors = cpus();
  const { stdout: commit } = await promisify(execFile)("git", ["rev-parse", "--short", "HEAD"]).catch(() => ({
    stdout: "unknown",
  }));
  return {
    processor: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
    node: process.version,
    redis: (await findRedis({ env })).binary?.version ?? "unknown",
    load: loadavg()[0] ?? NaN,
    commit: commit.trim(),
    at: new Date().toISOString().slice(0, 10),
  };
}
