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

/** A TCP port on which nobody listens just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return address.port;
}
