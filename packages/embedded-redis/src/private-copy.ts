import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { run } from "./run.ts";

type Environment = NodeJS.ProcessEnv;

/** Where our own copy of Debian's redis-tools is kept, for those who may not install packages. */
export function privateCopy(env: Environment): { root: string; file: string } {
  const root = join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "statuswire", "redis");
  return { root, file: join(root, "usr", "bin", "redis-check-rdb") };
}

/** The folders in the private copy that hold shared libraries, as LD_LIBRARY_PATH wants them. */
export async function libraryPath(env: Environment): Promise<string> {
  const { root } = privateCopy(env);
  const found = await Promise.all(["lib", "usr/lib"].map((folder) => multiarchFolders(join(root, folder))));
  return found.flat().join(delimiter);
}

/** Downloads redis-tools and the libraries it lacks, and unpacks them without root. Says whether that worked. */
export async function makePrivateCopy(env: Environment): Promise<boolean> {
  const { root } = privateCopy(env);
  await mkdir(dirname(root), { recursive: true });
  const workshop = await mkdtemp(join(dirname(root), "redis-"));
  try {
    const unpacked = join(workshop, "unpacked");
    if (!(await download(workshop, env)) || !(await unpack(workshop, { into: unpacked, env }))) return false;
    await rm(root, { recursive: true, force: true });
    await rename(unpacked, root);
    return true;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function download(folder: string, env: Environment): Promise<boolean> {
  if (await downloadBy([], { folder, env })) return true;
  // Images often come without package lists, or with old ones: get lists of our own, beside the system's.
  const ownLists = ["-o", `Dir::State::Lists=${folder}/lists`, "-o", `Dir::Cache=${folder}/cache`];
  await Promise.all(["lists", "cache"].map((name) => mkdir(join(folder, name, "partial"), { recursive: true })));
  await run({ file: "apt-get", args: [...ownLists, "-qq", "update"], env, timeoutMs: 120_000 });
  return downloadBy(ownLists, { folder, env });
}

async function downloadBy(
  options: string[],
  { folder, env }: { folder: string; env: Environment },
): Promise<boolean> {
  const packages = await planned(options, env);
  if (!packages.includes("redis-tools")) return false;
  const args = [...options, "-qq", "download", ...packages];
  const { code } = await run({ file: "apt-get", args, cwd: folder, env, timeoutMs: 120_000 });
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
async function planned(options: string[], env: Environment): Promise<string[]> {
  const args = [...options, "install", "--simulate", "--reinstall", "--no-install-recommends", "redis-tools"];
  const { stdout } = await run({ file: "apt-get", args, env, timeoutMs: 30_000 });
  return stdout.split("\n").flatMap((line) => /^Inst (redis-tools|lib\S+)/.exec(line)?.[1] ?? []);
}

async function multiarchFolders(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.includes("-linux-")).map((name) => join(folder, name));
}
