import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Where } from "./find.ts";
import { makePrivateCopy } from "./private-copy.ts";
import { run } from "./run.ts";

export interface Means extends Where {
  /** Takes one line of progress for a person. */
  report(line: string): void;
}

/**
 * Gets a Redis server the way this system offers: apt as root, a private copy of Debian's package for everybody else,
 * Homebrew in CI. Never calls sudo; does nothing when STATUSWIRE_NO_INSTALL=1. Says whether anything was installed.
 */
export async function acquireRedis({ env, report }: Means): Promise<boolean> {
  if (env.STATUSWIRE_NO_INSTALL === "1") return false;
  if (await onPath("apt-get", env)) {
    return process.getuid?.() === 0 ? installWithApt({ env, report }) : copyFromApt({ env, report });
  }
  if (env.CI && (await onPath("brew", env))) return installWithBrew({ env, report });
  return false;
}

/** The one command that gets a Redis server on this system. */
export async function installCommand(env: NodeJS.ProcessEnv): Promise<string> {
  const root = process.getuid?.() === 0 ? "" : "sudo ";
  if (await onPath("apt-get", env)) return `${root}sh -c 'apt-get update && apt-get install -y redis-tools'`;
  if (await onPath("brew", env)) return "brew install redis";
  if (await onPath("apk", env)) return `${root}apk add redis`;
  if (await onPath("dnf", env)) return `${root}dnf install -y redis`;
  if (await onPath("pacman", env)) return `${root}pacman -S --noconfirm valkey`;
  return "docker run -d -p 127.0.0.1:6379:6379 redis:7, then REDIS_URL=redis://127.0.0.1:6379";
}

// redis-tools rather than redis-server: the same program, without a service that starts by itself on port 6379.
async function installWithApt({ env, report }: Means): Promise<boolean> {
  report("Installing redis-tools with apt-get (STATUSWIRE_NO_INSTALL=1 prevents this) …");
  const apt = (...args: string[]) =>
    run({
      file: "apt-get",
      args: ["-qq", "-o", "DPkg::Lock::Timeout=120", ...args],
      env: { ...env, DEBIAN_FRONTEND: "noninteractive" },
      timeoutMs: 300_000,
    });
  // Without network the lists cannot be renewed, but the package may still be in the local cache.
  await apt("update");
  const { code, stderr } = await apt("install", "-y", "--no-install-recommends", "redis-tools");
  if (code !== 0) report(`apt-get could not install redis-tools: ${stderr.trim()}`);
  return code === 0;
}

async function copyFromApt({ env, report }: Means): Promise<boolean> {
  report(
    "Unpacking a private copy of redis-tools into your cache folder (STATUSWIRE_NO_INSTALL=1 prevents this) …",
  );
  return makePrivateCopy(env);
}

async function installWithBrew({ env, report }: Means): Promise<boolean> {
  report("Installing redis with brew (STATUSWIRE_NO_INSTALL=1 prevents this) …");
  const { code } = await run({ file: "brew", args: ["install", "redis"], env, timeoutMs: 600_000 });
  return code === 0;
}

async function onPath(program: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const files = (env.PATH ?? "").split(delimiter).map((folder) => join(folder, program));
  const checks = files.map((file) => access(file, constants.X_OK));
  return Promise.any(checks).then(
    () => true,
    () => false,
  );
}
