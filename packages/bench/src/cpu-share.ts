import { existsSync } from "node:fs";
import { mkdir, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Stage } from "./stage.ts";

/** Microseconds: how often a share is dealt out anew. */
const period = 100_000;

/** Where this machine lets us limit processes, if it does: control groups of version 1 or 2, for root. */
const roots = [
  { path: "/sys/fs/cgroup/cpu", isFirst: true },
  { path: "/sys/fs/cgroup", isFirst: false },
];

/** Why processes can't be limited to a share of a core here; undefined when they can. */
export async function whyNoShares(): Promise<string | undefined> {
  const probe = await createGroup(0.5).catch((error: unknown) => error as Error);
  if (probe instanceof Error)
    return `it needs control groups that it may write to (as root, /sys/fs/cgroup), to give each process the same share of a core: ${probe.message}`;
  await probe.remove();
  return undefined;
}

/** Limits a process, from now on, to a share of a core, such as 0.1; until the stage ends. */
export async function limitTo(share: number, pid: number, stage: Stage): Promise<void> {
  const group = await createGroup(share);
  stage.defer(() => group.remove());
  await group.add(pid);
}

interface Group {
  add(pid: number): Promise<void>;
  /** Works once no process is in it. */
  remove(): Promise<void>;
}

let made = 0;

async function createGroup(share: number): Promise<Group> {
  const root = roots.find(({ path, isFirst }) =>
    existsSync(join(path, isFirst ? "cpu.cfs_quota_us" : "cgroup.procs")),
  );
  if (!root) throw new Error("there are none");
  const path = join(root.path, `statuswire-bench-${process.pid}-${made++}`);
  await mkdir(path);
  try {
    const quota = Math.round(share * period);
    if (root.isFirst) {
      await writeFile(join(path, "cpu.cfs_period_us"), String(period));
      await writeFile(join(path, "cpu.cfs_quota_us"), String(quota));
    } else await writeFile(join(path, "cpu.max"), `${quota} ${period}`);
  } catch (error) {
    await rmdir(path);
    throw error;
  }
  return {
    add: (pid) => writeFile(join(path, "cgroup.procs"), String(pid)),
    remove: () => rmdir(path),
  };
}
