import { createHash } from "node:crypto";
import { lstat, mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RedisStartError } from "./errors.ts";

/** macOS takes 104 bytes for the path of a unix socket, its ending zero included; Linux 108. */
const longestPath = 100;

/** Where the server of this data folder listens: inside it, or in the temporary folder when the path gets too long. */
export async function socketPathFor(dataDir: string, env: NodeJS.ProcessEnv): Promise<string> {
  const path = join(dataDir, "redis.sock");
  if (Buffer.byteLength(path) <= longestPath) return path;

  const folder = join(env.TMPDIR || tmpdir(), `statuswire-${process.getuid?.() ?? "user"}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await refuseForeign(folder);
  return join(folder, `${createHash("sha256").update(dataDir).digest("hex").slice(0, 16)}.sock`);
}

// The temporary folder is everybody's: someone else could have made ours first, to listen in our place.
async function refuseForeign(folder: string): Promise<void> {
  const { uid, mode } = await lstat(folder);
  if (uid === process.getuid?.() && (mode & 0o077) === 0) return;
  throw new RedisStartError(`${folder} is not private to you. Remove it, or set TMPDIR to a folder of your own.`);
}
