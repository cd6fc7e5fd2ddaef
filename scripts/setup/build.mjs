import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { bin, rooms, root } from "./paths.mjs";
import { progressOnly, runProgram } from "./program.mjs";
import { report, SetupError } from "./report.mjs";
import { isStamped, stamp } from "./stamps.mjs";

const notSources = new Set(["node_modules", "dist", ".turbo", "test", "fixtures", "coverage"]);

/** Builds every room. turbo skips what it has built before; we skip turbo when no source was touched at all. */
export async function build(env) {
  const inputs = fingerprint();
  if (isStamped("build", inputs) && rooms().every((room) => existsSync(join(room, "dist")))) return;

  report("Building …");
  const args = ["run", "build", "--ui=stream", "--output-logs=errors-only"];
  const { code, signal } = await runProgram({ file: join(bin, "turbo"), args }, { env, stdio: progressOnly });
  if (code !== 0) throw new SetupError("The build failed; the reason is above.", { code, signal });
  stamp("build", inputs);
}

// Sizes and times, not contents: a thousand of them take a few milliseconds.
function fingerprint() {
  const hash = createHash("sha256").update(process.version);
  const settings = ["tsconfig.base.json", "rolldown.config.js", "turbo.json"].map((name) => join(root, name));
  for (const path of [...settings, ...rooms().flatMap(sources)]) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !notSources.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? sources(path) : [path];
    });
}
