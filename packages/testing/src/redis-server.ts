import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findRedis } from "@statuswire/embedded-redis";

export interface RedisServer {
  pid: number;
  stop(): Promise<void>;
}

/** A Redis server with settings of the test's own, such as `["--tls-port", "6380"]`, or `--sentinel` behind a file's name. */
export async function redisServer(settings: readonly string[], env: NodeJS.ProcessEnv): Promise<RedisServer> {
  const { binary } = await findRedis({ env });
  if (!binary) throw new Error("There is no Redis on this machine; `npm start` gets one.");
  const folder = await mkdtemp(join(tmpdir(), "statuswire-redis-"));
  const program = join(folder, "redis-server");
  await symlink(binary.file, program);
  const libraries = binary.libraryPath && { LD_LIBRARY_PATH: binary.libraryPath };
  const child = spawn(program, [...settings, "--dir", folder], { env: { ...env, ...libraries }, stdio: "ignore" });
  const ended = once(child, "exit");
  await once(child, "spawn");
  return {
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Below those that the kernel gives to whoever asks for any port, as tests beside this one do (`ip_local_port_range`). */
const ports = { from: 20_000, until: 32_000 };
const given = new Set<number>();

/** A TCP port on which nobody listens, and which nobody else in this process has been given. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = ports.from + Math.floor(Math.random() * (ports.until - ports.from));
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  const isListening = await Promise.race([
    once(server, "listening").then(() => true),
    once(server, "error").then(() => false),
  ]).catch(() => false);
  if (!isListening) return false;
  server.close();
  await once(server, "close");
  return true;
}
