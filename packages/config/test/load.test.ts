import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ConfigError, defaultConfig, loadConfig } from "../src/index.ts";

let folder: string;
let path: string;
const home = process.cwd();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "statuswire-config-"));
  path = join(folder, "mine.yaml");
  process.chdir(folder);
});

afterEach(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true });
});

describe("the configuration", () => {
  test("is the default when there is no file", async () => {
    expect(await loadConfig({ env: {} })).toEqual({ config: defaultConfig });
  });

  test("is read from statuswire.yaml here", async () => {
    await writeFile("statuswire.yaml", "providers: [discord]");
    const loaded = await loadConfig({ env: {} });
    expect(loaded).toMatchObject({ path: "statuswire.yaml", text: "providers: [discord]" });
    expect(loaded.config.providers.map(({ id }) => id)).toEqual(["discord"]);
  });

  test("is read from where STATUSWIRE_CONFIG says", async () => {
    await writeFile("statuswire.yaml", "not: read");
    await writeFile(path, "providers: []");
    expect(await loadConfig({ env: { STATUSWIRE_CONFIG: path } })).toMatchObject({
      path,
      config: { providers: [] },
    });
  });

  test("is read from the given path before all", async () => {
    await writeFile(path, "providers: []");
    expect(await loadConfig({ path, env: { STATUSWIRE_CONFIG: "/nowhere" } })).toMatchObject({ path });
  });

  test("takes an empty STATUSWIRE_CONFIG for none", async () => {
    expect(await loadConfig({ env: { STATUSWIRE_CONFIG: "" } })).toEqual({ config: defaultConfig });
  });

  test("is refused when a file that was asked for is not there", async () => {
    const loading = loadConfig({ env: { STATUSWIRE_CONFIG: path } });
    await expect(loading).rejects.toThrow(ConfigError);
    await expect(loading).rejects.toThrow(`${path}:1:1: There is no such file.`);
  });

  test("is refused with what to do when its file cannot be read", async () => {
    await expect(loadConfig({ path: folder, env: {} })).rejects.toThrow("The file cannot be read (EISDIR).");
  });

  test("takes a secret from the file that the environment names", async () => {
    await writeFile(path, 'sinks: { ours: { kind: webhook, url: "${HOOK}" } }');
    const secret = join(folder, "hook");
    const loading = () => loadConfig({ path, env: { HOOK_FILE: secret } });
    await expect(loading()).rejects.toThrow(`${path}:1:1: HOOK_FILE names "${secret}", which cannot be read.`);
    await writeFile(secret, "https://hooks.acme.dev/secret\n");
    expect((await loading()).config.sinks.map(({ name }) => name)).toEqual(["ours"]);
  });

  test("is refused with the file's own name when it is wrong", async () => {
    await writeFile(path, "\nproviders: 5");
    await expect(loadConfig({ path, env: {} })).rejects.toThrow(`${path}:2:12: This should be a list.`);
  });
});
