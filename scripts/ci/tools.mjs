import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { report } from "../setup/report.mjs";

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
const promtoolFolder = join(cache, "statuswire", "promtool");

/**
 * Gets the programs that some tests need, Chromium and promtool, where root and apt allow it. Says where they are, besides
 * the PATH, and whether none is missing that could be had.
 */
export function getTools() {
  const isAllowed = process.getuid?.() === 0 && process.env.STATUSWIRE_NO_INSTALL !== "1";
  const canInstall = isAllowed && runs("apt-get", "--version");
  if (canInstall) getMissing();
  return { path: join(promtoolFolder, "usr", "bin"), isComplete: canInstall };
}

function getMissing() {
  const needsBrowser = !browsers.some(existsSync);
  const needsPromtool =
    !runs("promtool", "--version") && !existsSync(join(promtoolFolder, "usr", "bin", "promtool"));
  if (!needsBrowser && !needsPromtool) return;
  apt("update");
  if (needsBrowser) {
    report("Installing Chromium with apt-get …");
    apt("install", "-y", "--no-install-recommends", "chromium", "fonts-liberation");
  }
  if (needsPromtool) unpackPromtool();
}

// Unpacked rather than installed: Debian's package also starts a Prometheus.
function unpackPromtool() {
  report("Unpacking promtool from Debian's package …");
  const folder = mkdtempSync(join(tmpdir(), "statuswire-promtool-"));
  apt("download", "prometheus", { cwd: folder });
  const archive = readdirSync(folder).find((name) => name.endsWith(".deb"));
  mkdirSync(promtoolFolder, { recursive: true });
  if (archive) spawnSync("dpkg-deb", ["-x", join(folder, archive), promtoolFolder], { stdio: "inherit" });
  rmSync(folder, { recursive: true, force: true });
}

function apt(...given) {
  const options = typeof given.at(-1) === "object" ? given.pop() : {};
  const args = ["-qq", "-o", "DPkg::Lock::Timeout=120", ...given];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // On stderr: stdout is for what CI counts.
  return spawnSync("apt-get", args, { env, stdio: ["ignore", 2, 2], ...options });
}

function runs(file, ...args) {
  return spawnSync(file, args, { stdio: "ignore" }).status === 0;
}
