import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
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

describe("what runs", () => {
  test("is bundled from the sources of apps and packages, whatever their types and before anything else is built", async () => {
    await write("packages/name/src/index.ts", 'export const name: number = "bundled";');
    await write(
      "apps/it/src/main.ts",
      'import { name } from "@statuswire/name";\nconst text: boolean = name;\nprocess.stdout.write(text);',
    );
    await symlink(join(root, "node_modules"), join(checkout, "node_modules"));
    const script = `import { build } from "rolldown";
      import { bundleOf } from "./scripts/setup/bundles.mjs";
      await build({ ...bundleOf(process.cwd() + "/apps/it"), logLevel: "silent" });
      await import(process.cwd() + "/apps/it/dist/main.js");`;
    const run = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], {
      cwd: checkout,
    });
    expect((await run).stdout).toBe("bundled");
  });
});

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(checkout, path)), { recursive: true });
  await writeFile(join(checkout, path), content);
}

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
