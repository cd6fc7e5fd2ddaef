import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./paths.mjs";

// In node_modules, so that removing it forgets what was done.
const folder = join(root, "node_modules", ".cache", "statuswire");

/** Whether a step was last done with exactly these inputs. */
export function isStamped(step, inputs) {
  try {
    return readFileSync(join(folder, step), "utf8") === inputs;
  } catch {
    return false;
  }
}

export function stamp(step, inputs) {
  const file = join(folder, step);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, inputs);
}
