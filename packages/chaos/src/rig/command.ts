import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

/** Runs a program to its end. Rejects with what it wrote to stderr when it fails. */
export const command: (file: string, args: readonly string[]) => Promise<unknown> = promisify(execFile);

/** Where a program is, on the PATH or where system programs are; undefined when it is not installed. */
export async function installed(program: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folders = [...(env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"].filter(Boolean);
  for (const file of folders.map((folder) => join(folder, program))) {
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}
