import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bin, rooms, root } from "./paths.mjs";
import { progressOnly, runProgram } from "./program.mjs";
import { report, SetupError } from "./report.mjs";
import { isStamped, stamp } from "./stamps.mjs";

/** Installs what the lock file says, unless nothing that matters has changed since the last time. */
export async function install(env) {
  const inputs = fingerprint();
  if (isStamped("install", inputs)) return;

  report("Installing dependencies …");
  const { code, signal } = await runProgram(pnpm(), { env, stdio: progressOnly });
  if (code !== 0) throw new SetupError(advice(signal), { code, signal });
  stamp("install", inputs);
}

// The local pnpm saves the two seconds that npx takes.
function pnpm() {
  const args = ["install", "--frozen-lockfile", "--prefer-offline", "--config.confirm-modules-purge=false"];
  const local = join(bin, "pnpm");
  if (existsSync(local)) return { file: local, args };
  return { file: "npx", args: ["--yes", pin(), ...args] };
}

/** Such as "pnpm@10.34.8". */
function pin() {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8")).packageManager;
}

function fingerprint() {
  const files = ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"].map((name) => join(root, name));
  const hash = createHash("sha256").update([process.version, process.platform, process.arch].join(" "));
  for (const file of [...files, ...rooms().map((room) => join(room, "package.json"))]) {
    if (existsSync(file)) hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function advice(signal) {
  if (signal) return "Installing dependencies was interrupted. The next run goes on from here.";
  return [
    "Dependencies could not be installed; the reason is above.",
    "  No network?          Run this once with one; afterwards it works without.",
    "  Behind a proxy?      Set HTTPS_PROXY, and NODE_EXTRA_CA_CERTS if it has a certificate of its own.",
    `  Lock file outdated?  Run: npx ${pin()} install`,
  ].join("\n");
}
