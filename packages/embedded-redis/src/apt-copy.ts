import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { run } from "./run.ts";

type Environment = NodeJS.ProcessEnv;

/** Debian packages to be unpacked for ourselves. */
export interface AptCopy {
  packages: readonly string[];
  /** Which of the names in apt's plan are unpacked. */
  isPart(name: string): boolean;
  /** The folder that becomes their root; whatever was there is gone. */
  root: string;
  env: Environment;
}

/** Downloads Debian packages and what they need and this system lacks, and unpacks them without root. Says whether that worked. */
export async function copyByApt({ root, ...copy }: AptCopy): Promise<boolean> {
  await mkdir(dirname(root), { recursive: true });
  const workshop = await mkdtemp(`${root}-`);
  try {
    const unpacked = join(workshop, "unpacked");
    if (!(await download(workshop, copy)) || !(await unpack(workshop, { into: unpacked, ...copy }))) return false;
    await rm(root, { recursive: true, force: true });
    await rename(unpacked, root);
    return true;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** The folders in a copy that hold shared libraries, as LD_LIBRARY_PATH wants them. */
export async function librariesIn(root: string): Promise<string> {
  const found = await Promise.all(["lib", "usr/lib"].map((folder) => multiarchFolders(join(root, folder))));
  return found.flat().join(delimiter);
}

type Wanted = Omit<AptCopy, "root">;

async function download(folder: string, wanted: Wanted): Promise<boolean> {
  if (await downloadBy([], { folder, ...wanted })) return true;
  // Images often come without package lists, or with old ones: get lists of our own, beside the system's.
  const ownLists = ["-o", `Dir::State::Lists=${folder}/lists`, "-o", `Dir::Cache=${folder}/cache`];
  await Promise.all(["lists", "cache"].map((name) => mkdir(join(folder, name, "partial"), { recursive: true })));
  await run({ file: "apt-get", args: [...ownLists, "-qq", "update"], env: wanted.env, timeoutMs: 120_000 });
  return downloadBy(ownLists, { folder, ...wanted });
}

async function downloadBy(
  options: string[],
  { folder, ...wanted }: Wanted & { folder: string },
): Promise<boolean> {
  const planned = await plan(options, wanted);
  if (!wanted.packages.every((name) => planned.includes(name))) return false;
  const args = [...options, "-qq", "download", ...planned];
  const { code } = await run({ file: "apt-get", args, cwd: folder, env: wanted.env, timeoutMs: 120_000 });
  return code === 0;
}

async function unpack(folder: string, { into, env }: { into: string; env: Environment }): Promise<boolean> {
  const archives = (await readdir(folder)).filter((name) => name.endsWith(".deb"));
  for (const archive of archives) {
    const args = ["-x", join(folder, archive), into];
    const { code } = await run({ file: "dpkg-deb", args, env, timeoutMs: 60_000 });
    if (code !== 0) return false;
  }
  return archives.length > 0;
}

// apt's own plan, never a list of ours: the names of libraries differ from one release to the next.
async function plan(options: string[], { packages, isPart, env }: Wanted): Promise<string[]> {
  const args = [...options, "install", "--simulate", "--reinstall", "--no-install-recommends", ...packages];
  const { stdout } = await run({ file: "apt-get", args, env, timeoutMs: 30_000 });
  const names = stdout.split("\n").flatMap((line) => /^Inst (\S+)/.exec(line)?.[1] ?? []);
  return names.filter(isPart);
}

async function multiarchFolders(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.includes("-linux-")).map((name) => join(folder, name));
}
