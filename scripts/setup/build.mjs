import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { bin, rooms, root } from "./paths.mjs";
import { runQuietly } from "./program.mjs";
import { during, SetupError } from "./report.mjs";
import { isStamped, stamp } from "./stamps.mjs";

const notSources = new Set(["node_modules", "dist", ".turbo", "test", "fixtures", "coverage"]);

/** Builds every room, types included. turbo skips what it has built before; we skip turbo when no source was touched at all. */
export async function build(env) {
  const inputs = fingerprintOfSources();
  if (isStamped("build", inputs) && rooms().every((room) => existsSync(join(room, "dist")))) return;

  const args = ["run", "build", "--ui=stream", "--output-logs=errors-only"];
  const outcome = await during({ step: "Building everything, for tests and tools", usualSeconds: 40 }, () =>
    runQuietly({ file: join(bin, "turbo"), args }, { env }),
  );
  if (outcome.code !== 0) throw new SetupError(`The build failed.\n${outcome.output}`, outcome);
  stamp("build", inputs);
  // What running needs is made along with everything else.
  stamp("bundle", inputs);
}

/** Sizes and times of all sources, not contents: a thousand of them take a few milliseconds. */
export function fingerprintOfSources() {
  const hash = createHash("sha256").update(process.version);
  const settings = ["tsconfig.base.json", "rolldown.config.js", "turbo.json", "scripts/setup/bundles.mjs"];
  for (const path of [...settings.map((name) => join(root, name)), ...rooms().flatMap(sources)]) {
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
