import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { networkTrouble } from "./network.mjs";
import { bin, rooms, root } from "./paths.mjs";
import { runQuietly } from "./program.mjs";
import { during, report, SetupError } from "./report.mjs";
import { isStamped, stamp } from "./stamps.mjs";

/** Installs what the lock file says, unless nothing that matters has changed since the last time. */
export async function install(env) {
  const inputs = fingerprint();
  if (isStamped("install", inputs)) return;

  refuseReadOnly();
  const trouble = await networkTrouble(process.env);
  if (trouble) report(`No network (${trouble}). Looking for everything that is needed in this machine's caches …`);
  const outcome = await during({ step: "Installing dependencies", usualSeconds: 10 }, () =>
    runQuietly(pnpm({ isOffline: trouble !== undefined }), { env }),
  );
  if (outcome.code !== 0) throw new SetupError(advice(outcome, trouble), outcome);
  stamp("install", inputs);
}

/** Fails when set-up cannot write here, before a tool fails on one of its many files. */
export function refuseReadOnly() {
  try {
    accessSync(root, constants.W_OK);
  } catch ({ code }) {
    throw new SetupError(
      [
        `${root} cannot be written (${code}), and something is left to set up there.`,
        "Make it writable, or copy it to a folder that is: cp -r . ~/statuswire",
        "Once it is set up, it also runs read-only, with STATUSWIRE_DATA naming a folder that can be written.",
      ].join("\n"),
    );
  }
}

// The local pnpm saves the two seconds that npx takes.
function pnpm({ isOffline }) {
  const preference = isOffline ? "--offline" : "--prefer-offline";
  const args = ["install", "--frozen-lockfile", preference, "--config.confirm-modules-purge=false"];
  const local = join(bin, "pnpm");
  if (existsSync(local)) return { file: local, args };
  return { file: "npx", args: ["--yes", ...(isOffline ? ["--offline"] : []), pin(), ...args] };
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

function advice({ signal, output }, trouble) {
  if (signal) return "Installing dependencies was interrupted. The next run goes on from here.";
  if (trouble) {
    return [
      `There is no network (${trouble}), and not everything that is needed is in this machine's caches.`,
      "Run this once with a network; afterwards it works without one.",
      "  Behind a proxy?      Set HTTPS_PROXY, and NODE_EXTRA_CA_CERTS if it has a certificate of its own.",
    ].join("\n");
  }
  return [
    output,
    "Dependencies could not be installed; the reason is above.",
    "  Behind a proxy?      Set HTTPS_PROXY, and NODE_EXTRA_CA_CERTS if it has a certificate of its own.",
    `  Lock file outdated?  Run: npx ${pin()} install`,
  ].join("\n");
}
