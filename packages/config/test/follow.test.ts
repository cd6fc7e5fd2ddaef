import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ConfigError, type Follower, followConfig } from "../src/index.ts";

let folder: string;
let file: string;
let follower: Follower;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "statuswire-config-"));
  file = join(folder, "statuswire.yaml");
  await writeFile(file, "providers: [github]");
  follower = await followConfig({ STATUSWIRE_CONFIG: file });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a configuration that is followed", () => {
  test("says nothing while its file says the same", async () => {
    expect(await follower.refresh()).toBeUndefined();
  });

  test("comes into force when its file changes, once", async () => {
    await writeFile(file, "providers: [github, discord]");
    expect((await follower.refresh())?.providers.map(({ id }) => id)).toEqual(["github", "discord"]);
    expect(await follower.refresh()).toBeUndefined();
  });
});

describe("a file with mistakes", () => {
  beforeEach(() => writeFile(file, "providers: [githbu]"));

  test("is told once, and leaves what was in force", async () => {
    await expect(follower.refresh()).rejects.toThrow(ConfigError);
    expect(await follower.refresh()).toBeUndefined();
    expect(follower.current().providers.map(({ id }) => id)).toEqual(["github"]);
  });

  test("is known as rejected until it is corrected", async () => {
    expect(follower.rejected()).toBeUndefined();
    await expect(follower.refresh()).rejects.toThrow(ConfigError);
    await follower.refresh();
    expect(follower.rejected()?.problems).toMatchObject([{ line: 1, value: "githbu" }]);
    await writeFile(file, "providers: [github]");
    await follower.refresh();
    expect(follower.rejected()).toBeUndefined();
  });

  test("is told again when it has other mistakes", async () => {
    await expect(follower.refresh()).rejects.toThrow(ConfigError);
    await writeFile(file, "providers: [gihub]");
    await expect(follower.refresh()).rejects.toThrow(ConfigError);
  });
});

describe("a file that is gone for a moment", () => {
  test("does not put the default configuration in force", async () => {
    await rm(file);
    await expect(follower.refresh()).rejects.toThrow(ConfigError);
    expect(follower.current().providers.map(({ id }) => id)).toEqual(["github"]);
  });
});
