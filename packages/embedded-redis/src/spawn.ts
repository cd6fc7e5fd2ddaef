import { spawn } from "node:child_process";
import { once } from "node:events";
import { rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { RedisStartError } from "./errors.ts";
import type { RedisBinary } from "./find.ts";

export interface Placement {
  dataDir: string;
  socketPath: string;
  appendOnly: boolean;
  fsync: "always" | "everysec" | "no";
  /** As redis.conf has it: `512mb`, or a number of bytes; 0: no limit. */
  maxMemory: string;
}

export interface Spawned {
  pid: number;
  /** The server's exit code; 128 and the signal's number when a signal ended it. */
  exited: Promise<number>;
  /** Asks the server to end, by closing the pipe whose end it dies with. */
  release(): void;
}

/**
 * A shell between us and the server holds our pipe. When we die, even by SIGKILL, `cat` sees its end and the server gets a
 * SIGTERM. The watcher is killed before its pipe closes, so that it never signals a pid that is no longer the server's.
 */
const guardian = `
trap '' INT HUP TERM
exec 3<&0
(trap - TERM; exec "$@" 3<&- </dev/null >/dev/null 2>&1) &
server=$!
echo "$server"
exec >/dev/null
(cat <&3; kill -TERM "$server") &
watcher=$!
exec 3<&-
wait "$server"
code=$?
kill -KILL "$watcher"
exit "$code"
`;

export function logFile(dataDir: string): string {
  return join(dataDir, "redis.log");
}

/** Starts the server in its own process group, so that a terminal's Ctrl-C reaches us and not it. */
export async function spawnRedis(binary: RedisBinary, placement: Placement): Promise<Spawned> {
  const { dataDir } = placement;
  await rename(logFile(dataDir), `${logFile(dataDir)}.previous`).catch(() => undefined);
  const program = await programOf(binary, dataDir);
  const child = spawn("/bin/sh", ["-c", guardian, "sh", program, ...settings(placement)], {
    cwd: dataDir,
    detached: true,
    env: environment(binary),
    stdio: ["pipe", "pipe", "ignore"],
  });
  const exited = new Promise<number>((resolve) => {
    child.once("error", () => resolve(127));
    child.once("exit", (code) => resolve(code ?? 1));
  });
  const release = () => void child.stdin.destroy();
  void exited.then(release);

  const lines = createInterface(child.stdout);
  const first: unknown = await Promise.race([once(lines, "line").then(([line]: unknown[]) => line), exited]);
  if (typeof first !== "string")
    throw new RedisStartError("/bin/sh could not be run, and Redis is started through it.");
  return { pid: Number(first), exited, release };
}

function settings({ dataDir, socketPath, appendOnly, fsync, maxMemory }: Placement): string[] {
  return [
    ["--port", "0"],
    ["--unixsocket", socketPath],
    ["--unixsocketperm", "700"],
    ["--dir", dataDir],
    ["--appendonly", appendOnly ? "yes" : "no"],
    ["--appendfsync", fsync],
    ["--save", ""],
    ["--maxmemory", maxMemory],
    ["--maxmemory-policy", "noeviction"],
    ["--daemonize", "no"],
    ["--logfile", logFile(dataDir)],
  ].flat();
}

// A shell cannot start a program under another name: a link of that name in the data folder can.
async function programOf({ file, argv0 }: RedisBinary, dataDir: string): Promise<string> {
  if (!argv0) return file;
  const link = join(dataDir, argv0);
  await rm(link, { force: true });
  await symlink(file, link);
  return link;
}

// Nothing of ours concerns the server, and from 7.2 on it refuses to start under a locale that is not installed.
function environment({ libraryPath }: RedisBinary): NodeJS.ProcessEnv {
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LC_ALL: "C",
    ...(libraryPath && { LD_LIBRARY_PATH: libraryPath }),
  };
}
