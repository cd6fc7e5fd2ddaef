import { existsSync } from "node:fs";
import { join } from "node:path";
import { fingerprintOfSources } from "./build.mjs";
import { bundleOf, watchdogThread } from "./bundles.mjs";
import { root } from "./paths.mjs";
import { runQuietly } from "./program.mjs";
import { during, SetupError } from "./report.mjs";
import { isStamped, stamp } from "./stamps.mjs";

const apps = ["cli", "ingest", "worker", "dashboard"].map((name) => join(root, "apps", name));
const page = join(root, "apps", "dashboard");

/** Builds what running needs, and nothing else: the processes and the page. Tests and checks need more; see build.mjs. */
export async function bundle(env) {
  const inputs = fingerprintOfSources();
  if (isStamped("bundle", inputs) && isThere()) return;
  await during({ step: "Building", usualSeconds: 5 }, () => Promise.all([bundlePage(env), bundleApps()]));
  stamp("bundle", inputs);
}

function isThere() {
  const made = [
    ...apps.map((app) => join(app, "dist", "main.js")),
    join(page, "dist", "web", "manifest.json"),
    join(root, "packages", "service", "dist", "watchdog-thread.js"),
  ];
  return made.every(existsSync);
}

async function bundleApps() {
  // Only now: it was installed a moment ago.
  const { build } = await import("rolldown");
  try {
    await build([...apps.map(bundleOf), watchdogThread()].map((options) => ({ ...options, logLevel: "warn" })));
  } catch (error) {
    throw new SetupError(`The build failed: ${error.message}`);
  }
}

async function bundlePage(env) {
  const vite = join(page, "node_modules", "vite", "bin", "vite.js");
  const program = { file: process.execPath, args: [vite, "build", "--logLevel", "warn"], cwd: page };
  const outcome = await runQuietly(program, { env });
  if (outcome.code !== 0) throw new SetupError(`The page could not be built.\n${outcome.output}`, outcome);
}
