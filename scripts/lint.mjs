// Lints each room in a process of its own: ESLint keeps every type that it has looked at, and all rooms together are more
// than Node's usual memory holds.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { bin, rooms, root } from "./setup/paths.mjs";

const waiting = [...rooms().map((room) => relative(root, room)), "test"];
let failures = 0;

async function lintNext() {
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    if ((await lint(folder)) !== 0) failures++;
  }
}

function lint(folder) {
  const args = [folder, "--max-warnings", "0", "--no-warn-ignored"];
  const child = spawn(join(bin, "eslint"), args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lintNext));
process.exitCode = failures ? 1 : 0;
