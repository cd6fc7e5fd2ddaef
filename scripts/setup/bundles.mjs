import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./paths.mjs";

/**
 * What rolldown makes of an app: each of its processes as one file, straight from the sources, because what a start takes
 * is reading files (docs/decisions/020-a-process-is-one-file.md). Types are checked elsewhere.
 */
export function bundleOf(app) {
  const src = join(app, "src");
  const mains = readdirSync(src).filter((name) => name.endsWith("main.ts"));
  return bundle(
    mains.map((name) => join(src, name)),
    { dir: join(app, "dist"), chunkFileNames: "[name].js" },
  );
}

/** The thread that watches a process's event loop: a file of its own, which every app finds where `tsc` would put it. */
export function watchdogThread() {
  const dist = join(root, "packages", "service", "dist");
  const input = join(root, "packages", "service", "src", "watchdog-thread.ts");
  return bundle(input, { file: join(dist, "watchdog-thread.js"), codeSplitting: false }, dist);
}

function bundle(input, output, dist = output.dir) {
  return {
    input,
    platform: "node",
    // Bull Board looks for its page by `eval` unless it is told where it is, and it is.
    checks: { eval: false },
    resolve: { alias: Object.fromEntries(packages().map((name) => [`@statuswire/${name}`, sourceOf(name)])) },
    plugins: [{ name: "places", transform: { filter: { code: "import.meta.url" }, handler: inItsPlace(dist) } }],
    output: { ...output, sourcemap: true },
  };
}

function packages() {
  return readdirSync(join(root, "packages"));
}

// Sources, as in tests: then a stack trace can name the line that was written.
function sourceOf(name) {
  return join(root, "packages", name, "src", "index.ts");
}

/** Files that a module of ours names beside itself stay where they are: it goes on being where `tsc` would have put it. */
function inItsPlace(dist) {
  return (code, id) => {
    const [, room, module] = /^((?:apps|packages)\/[^/]+)\/src\/(.+)\.ts$/.exec(relative(root, id)) ?? [];
    if (!room) return null;
    const place = relative(dist, join(root, room, "dist", `${module}.js`));
    const url = `new URL(${JSON.stringify(place)}, import.meta.url).href`;
    return { code: code.replaceAll("import.meta.url", url), map: null };
  };
}
