import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

// UPDATE_GOLDEN=1 writes the files anew; read what changed before you commit it.
const isUpdating = process.env["UPDATE_GOLDEN"] === "1";

/** What was agreed to be sent, by its path under `golden/`. */
export async function golden(path: string, now: string): Promise<string> {
  const file = new URL(`golden/${path}`, import.meta.url);
  if (isUpdating) {
    await mkdir(dirname(file.pathname), { recursive: true });
    await writeFile(file, now);
  }
  return readFile(file, "utf8");
}
