import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), "sw-setup-"));
  for (const name of ["scripts", "package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml"])
    await cp(join(root, name), join(checkout, name), { recursive: true });
  for (const name of ["apps", "packages", "home"]) await mkdir(join(checkout, name));
  // Root can write everywhere: then the checkout is somebody else's.
  if (isRoot) for (const path of ["", "home"]) await chown(join(checkout, path), nobody, nobody);
});
afterEach(async () => {
  await chmod(checkout, 0o755);
  await rm(checkout, { recursive: true, force: true });
});

describe("a checkout that is not set up", () => {
  test("says at once that there is no network, and what to do", async () => {
    const { code, said } = await setUp();
    expect(said).toEqual([
      expect.stringMatching(/^statuswire: No network \(127\.0\.0\.1: ECONNREFUSED\)\./),
      "statuswire: Installing dependencies … (usually 10 s)",
      expect.stringMatching(/^statuswire: There is no network .* not everything that is needed/),
      expect.stringContaining("Run this once with a network"),
      expect.stringContaining("HTTPS_PROXY"),
    ]);
    expect(code).not.toBe(0);
  }, 60_000);

  test("says what to do where it cannot be written", async () => {
    await chmod(checkout, 0o555);
    const { code, said } = await setUp();
    expect(said[0]).toBe(
      `statuswire: ${checkout} cannot be written (EACCES), and something is left to set up there.`,
    );
    expect([said.length, code]).toEqual([3, 1]);
  });
});

/** Sets up with empty caches and a registry that is not there, as a user who may not write everywhere. */
async function setUp(): Promise<{ code: unknown; said: string[] }> {
  const child = spawn(process.execPath, [join(checkout, "scripts", "run.mjs"), "setup"], {
    env: { PATH: process.env["PATH"], HOME: join(checkout, "home"), npm_config_registry: "http://127.0.0.1:1" },
    stdio: ["ignore", "ignore", "pipe"],
    ...(isRoot && { uid: nobody, gid: nobody }),
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "exit") as Promise<unknown[]>]);
  return { code, said: said.trim().split("\n") };
}
