import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A statuswire.yaml in a folder of its own. */
export interface ConfigFile {
  path: string;
  env: { STATUSWIRE_CONFIG: string };
  write(text: string): Promise<void>;
  read(): Promise<string>;
  remove(): Promise<void>;
}

/** The folder for one; the file itself is there only once it is written. */
export async function configFile(): Promise<ConfigFile> {
  const folder = await mkdtemp(join(tmpdir(), "statuswire-cli-"));
  const path = join(folder, "statuswire.yaml");
  return {
    path,
    env: { STATUSWIRE_CONFIG: path },
    write: (text) => writeFile(path, text),
    read: () => readFile(path, "utf8"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
