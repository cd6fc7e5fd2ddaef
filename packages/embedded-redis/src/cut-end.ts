import { readFile } from "node:fs/promises";
import { logFile } from "./spawn.ts";

/** What Redis has cut off an append-only file that ended in the middle of a command, in words for a person; undefined: nothing. */
export async function cutEndOf(dataDir: string): Promise<string | undefined> {
  const log = await readFile(logFile(dataDir), "utf8").catch(() => "");
  const [, file = "the append-only file", offset] =
    /!!! Truncating the AOF (?:(\S+) )?at offset (\d+) !!!/.exec(log) ?? [];
  if (offset === undefined) return undefined;
  return `Redis has cut the end of ${file} in ${dataDir}, from byte ${offset} on: a command that a crash had left half written.`;
}
