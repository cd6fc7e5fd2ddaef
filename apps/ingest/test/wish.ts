import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Wish {
  /** For STATUSWIRE_CONFIG. */
  path: string;
  become(text: string): Promise<void>;
  remove(): Promise<void>;
}

/** A statuswire.yaml of its own. */
export async function writeWish(text: string): Promise<Wish> {
  const folder = await mkdtemp(join(tmpdir(), "statuswire-wish-"));
  const path = join(folder, "statuswire.yaml");
  await writeFile(path, text);
  return {
    path,
    become: (changed) => writeFile(path, changed),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
