import { open, rename, rm, stat } from "node:fs/promises";
import { z } from "zod";
import { codeOf } from "../errors.ts";
import { eventJson } from "../event-json.ts";
import { defineKind } from "../sink.ts";

const Options = z.strictObject({
  path: z.string().min(1).describe("The file; its folder must exist"),
  maxBytes: z
    .int()
    .min(1024)
    .default(10 * 1024 * 1024)
    .describe("Once it would be larger, the file is renamed to .1 and a new one begun"),
  keep: z.int().min(0).max(99).default(5).describe("How many older files to keep"),
});

/** A file of JSON lines, one event each. */
export const file = defineKind({
  kind: "file",
  audience: "program",
  options: Options,
  create({ path, maxBytes, keep }, pages) {
    let last: Promise<void> = Promise.resolve();

    async function write(line: string): Promise<void> {
      const size = await sizeOf(path);
      if (size > 0 && size + Buffer.byteLength(line) > maxBytes) await rotate(path, keep);
      await append(path, line);
    }

    return {
      // One line after another: two that rotate at once would lose a file.
      deliver(event) {
        const written = last.then(() => write(`${eventJson(event, pages)}\n`));
        last = written.catch(() => undefined);
        return written;
      },
      preview: (event) => eventJson(event, pages),
    };
  },
});

async function append(path: string, line: string): Promise<void> {
  const handle = await open(path, "a", 0o640);
  try {
    await handle.appendFile(line);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

// `events.jsonl.1` is the newest of the old.
async function rotate(path: string, keep: number): Promise<void> {
  await rm(keep === 0 ? path : `${path}.${keep}`, { force: true });
  for (let age = keep - 1; age >= 0; age--)
    await renameIfThere(age === 0 ? path : `${path}.${age}`, `${path}.${age + 1}`);
}

async function renameIfThere(from: string, to: string): Promise<void> {
  await rename(from, to).catch(unlessMissing);
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(unlessMissing))?.size ?? 0;
}

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) === "ENOENT") return undefined;
  throw error;
}
