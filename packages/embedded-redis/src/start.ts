import { access, constants, mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Means } from "./acquire.ts";
import { attach, type Attached } from "./attach.ts";
import { cutEndOf } from "./cut-end.ts";
import { ensureRedis } from "./ensure.ts";
import { RedisStartError } from "./errors.ts";
import type { RedisBinary } from "./find.ts";
import { exclusively } from "./lock.ts";
import { maxMemoryIn } from "./max-memory.ts";
import { identify } from "./process-birth.ts";
import { untilReady } from "./ready.ts";
import { writeRecord } from "./record.ts";
import { socketPathFor } from "./socket.ts";
import { spawnRedis, type Placement, type Spawned } from "./spawn.ts";

export interface EmbeddedRedisOptions extends Means {
  /** Made if it is not there. One server works in it, however many ask. */
  dataDir: string;
  /** When an append reaches the disk. Default "always": what Redis has acknowledged survives a power cut. */
  fsync?: Placement["fsync"];
  /** Default true. False keeps everything in memory. */
  appendOnly?: boolean;
}

export interface EmbeddedRedis {
  /** Hand it to ioredis as a path: `new Redis(socketPath)`. ioredis does not read it as a `unix://` URL. */
  socketPath: string;
  pid: number;
  version: string;
  /** True when another process had started it; it then stays up when we stop. */
  attached: boolean;
  /** Ends the server and waits for that; an attached one is only let go. */
  stop(): Promise<void>;
  /** Resolves when the server has ended, asked or not, with its exit code where that is known. */
  exited: Promise<{ code: number | undefined }>;
}

const graceMs = 10_000;

/**
 * A real redis-server (or valkey-server) as a child process, ready for commands, listening on a unix socket alone. It ends
 * with this process, however this process ends.
 *
 * @throws RedisMissingError when there is no server to start, RedisStartError when it cannot be started.
 */
export async function startEmbeddedRedis(options: EmbeddedRedisOptions): Promise<EmbeddedRedis> {
  const { appendOnly = true, fsync = "always" } = options;
  const dataDir = resolve(options.dataDir);
  await makeWritable(dataDir);
  const socketPath = await socketPathFor(dataDir, options.env);
  const binary = await ensureRedis(options);

  return exclusively(dataDir, async () => {
    const running = await attach({ dataDir, socketPath });
    if (running) return asAttached(running, socketPath);
    const maxMemory = maxMemoryIn(options.env);
    const server = await launch(binary, { ...options, dataDir, socketPath, appendOnly, fsync, maxMemory });
    return asOwned(server, { socketPath, version: binary.version });
  });
}

async function makeWritable(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await access(dataDir, constants.W_OK);
  } catch (error) {
    const why =
      typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
    throw new RedisStartError(
      `The data folder ${dataDir} cannot be written (${why}). Make it writable, or set STATUSWIRE_DATA to a folder that is.`,
    );
  }
}

async function launch(binary: RedisBinary, placement: Placement & Means): Promise<Spawned> {
  const { dataDir, socketPath, report } = placement;
  const server = await spawnRedis(binary, placement);
  const record = { server: await identify(server.pid), owner: await identify(process.pid) };
  await writeRecord(dataDir, { ...record, runId: "-" });
  try {
    const { runId } = await untilReady({ server, dataDir, socketPath, report });
    await writeRecord(dataDir, { ...record, runId });
    const cut = await cutEndOf(dataDir);
    if (cut !== undefined) report(cut);
    return server;
  } catch (error) {
    await end(server);
    throw error;
  }
}

function asOwned(server: Spawned, known: Pick<EmbeddedRedis, "socketPath" | "version">): EmbeddedRedis {
  return {
    ...known,
    pid: server.pid,
    attached: false,
    stop: () => end(server),
    exited: server.exited.then((code) => ({ code })),
  };
}

function asAttached({ pid, version, gone, detach }: Attached, socketPath: string): EmbeddedRedis {
  return {
    socketPath,
    pid,
    version,
    attached: true,
    stop: async () => detach(),
    exited: gone.then(() => ({ code: undefined })),
  };
}

async function end({ pid, exited, release }: Spawned): Promise<void> {
  release();
  const tooLong = new AbortController();
  const overdue = delay(graceMs, true, { signal: tooLong.signal }).catch(() => false);
  if (await Promise.race([exited.then(() => false), overdue])) process.kill(pid, "SIGKILL");
  await exited;
  tooLong.abort();
}
