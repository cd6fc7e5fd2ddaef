import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { run } from "./run.ts";

let server: FreshRedis;
let folder: string;
beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "statuswire-demo-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("status, where nothing is known", () => {
  test("says how to ask the demo that runs", async () => {
    await writeFile(join(folder, "pid"), String(process.pid));
    const { out, err, exitCode } = await run(["status"], { REDIS_URL: server.path });
    expect(out).toContain("Nothing is known yet.");
    expect(err).toMatch(
      /A demo is running\. Ask it with: STATUSWIRE_DATA=\S+redis STATUSWIRE_CONFIG=\S+ npm run -s statuswire -- status/,
    );
    expect(exitCode).toBe(3);
  });

  test.each(["0", "-1", "nobody", "4194304"])("says nothing of one that is gone (%s)", async (pid) => {
    await writeFile(join(folder, "pid"), pid);
    expect((await run(["status"], { REDIS_URL: server.path })).err).not.toContain(folder);
  });
});
