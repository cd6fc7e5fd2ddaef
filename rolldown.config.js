import { readdirSync } from "node:fs";
import { relative, resolve } from "node:path";
import { defineConfig } from "rolldown";

const root = import.meta.dirname;
const dist = resolve("dist");

/** Puts each process of the app in whose folder it runs into one file: what a start takes is reading files (docs/decisions/020). */
export default defineConfig({
  input: readdirSync("src")
    .filter((name) => name.endsWith("main.ts"))
    .map((name) => resolve("src", name)),
  platform: "node",
  // Bull Board looks for its page by `eval` unless it is told where it is, and it is.
  checks: { eval: false },
  resolve: { alias: Object.fromEntries(rooms().map((name) => [`@statuswire/${name}`, sourceOf(name)])) },
  plugins: [{ name: "places", transform: { filter: { code: "import.meta.url" }, handler: inItsPlace } }],
  output: { dir: dist, sourcemap: true, chunkFileNames: "[name].js" },
});

function rooms() {
  return readdirSync(resolve(root, "packages"));
}

// Sources, as in tests: then a stack trace can name the line that was written.
function sourceOf(room) {
  return resolve(root, "packages", room, "src/index.ts");
}

/** Files that a module of ours names beside itself stay where they are: it goes on being where `tsc` would have put it. */
function inItsPlace(code, id) {
  const [, room, module] = /^((?:apps|packages)\/[^/]+)\/src\/(.+)\.ts$/.exec(relative(root, id)) ?? [];
  if (!room) return null;
  const place = relative(dist, resolve(root, room, "dist", `${module}.js`));
  const url = `new URL(${JSON.stringify(place)}, import.meta.url).href`;
  return { code: code.replaceAll("import.meta.url", url), map: null };
}
