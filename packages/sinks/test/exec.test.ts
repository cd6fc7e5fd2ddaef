import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { kinds } from "../src/index.ts";
import { hostile, opened } from "./events.ts";
import { asDelivered, dependencies } from "./world.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "statuswire-exec-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a program", () => {
  test("gets the event on its standard input", async () => {
    await run(["sh", "-c", 'cat > "$OUT"'], { OUT: join(folder, "event") });
    expect(JSON.parse(await readFile(join(folder, "event"), "utf8"))).toEqual(asDelivered(opened));
  });

  test("gets nothing of our environment", async () => {
    process.env["STATUSWIRE_TEST_SECRET"] = "s3cr3t";
    await run(["sh", "-c", 'env > "$OUT"'], { OUT: join(folder, "env") });
    delete process.env["STATUSWIRE_TEST_SECRET"];
    expect(await readFile(join(folder, "env"), "utf8")).not.toContain("s3cr3t");
  });

  test("that reads nothing has the event as soon as it ends well", async () => {
    const exec = kinds.exec.create(
      { command: ["true"], allow: true, env: {}, timeoutSeconds: 10 },
      dependencies(),
    );
    await expect(exec.deliver(hostile)).resolves.toBeUndefined();
  });

  test.each([
    ["fails is run again", ["sh", "-c", "exit 1"], "Error"],
    ["can't use the event is not", ["sh", "-c", "exit 65"], "PermanentError"],
    ["isn't there is not", ["/no/such/program"], "PermanentError"],
    ["takes too long is ended, and run again", ["sleep", "60"], "Error"],
  ])("that %s", async (_what, command, name) => {
    await expect(run(command)).rejects.toMatchObject({ name });
  });

  test("runs only when the configuration says that it may", () => {
    expect(kinds.exec.options.safeParse({ command: ["true"] }).error?.message).toContain("Write allow: true");
    expect(kinds.exec.options.safeParse({ command: ["true"], allow: false }).success).toBe(false);
  });
});

function run([program = "", ...rest]: string[], env: Record<string, string> = {}): Promise<void> {
  const options = {
    command: [program, ...rest] as [string, ...string[]],
    allow: true as const,
    env,
    timeoutSeconds: 1,
  };
  return kinds.exec.create(options, dependencies()).deliver(opened);
}
