import { homedir } from "node:os";
import { join } from "node:path";
import { copyByApt, librariesIn } from "./apt-copy.ts";

type Environment = NodeJS.ProcessEnv;

/** Where what we unpack for ourselves is kept. */
export function cacheFolder(env: Environment): string {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "statuswire");
}

/** Where our own copy of Debian's redis-tools is kept, for those who may not install packages. */
export function privateCopy(env: Environment): { root: string; file: string } {
  const root = join(cacheFolder(env), "redis");
  return { root, file: join(root, "usr", "bin", "redis-check-rdb") };
}

/** The folders in the private copy that hold shared libraries, as LD_LIBRARY_PATH wants them. */
export function libraryPath(env: Environment): Promise<string> {
  return librariesIn(privateCopy(env).root);
}

/** Downloads redis-tools and the libraries it lacks, and unpacks them without root. Says whether that worked. */
export function makePrivateCopy(env: Environment): Promise<boolean> {
  const isPart = (name: string) => name === "redis-tools" || name.startsWith("lib");
  return copyByApt({ packages: ["redis-tools"], isPart, root: privateCopy(env).root, env });
}
