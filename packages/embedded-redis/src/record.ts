import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Which server works in a data folder, and for whom. Processes are named as `identify()` does. */
export interface Record {
  server: string;
  owner: string;
  /** "-" until the server is ready. */
  runId: string;
}

/** The record left in a data folder; undefined when there is none or a crash cut it short. */
export async function readRecord(dataDir: string): Promise<Record | undefined> {
  const text = await readFile(fileIn(dataDir), "utf8").catch(() => "");
  const [server, owner, runId, ...rest] = text.trimEnd().split(" ");
  return server && owner && runId && rest.length === 0 ? { server, owner, runId } : undefined;
}

export async function writeRecord(dataDir: string, { server, owner, runId }: Record): Promise<void> {
  await writeFile(fileIn(dataDir), `${server} ${owner} ${runId}\n`);
}

function fileIn(dataDir: string): string {
  return join(dataDir, "redis.owner");
}
