import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  addAlone,
  type Batch,
  closeQueues,
  type Grave,
  listDeadLetters,
  type Observation,
  openQueues,
  type Queues,
} from "@statuswire/queues";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { webhook, writeConfig } from "./stage.ts";

let redis: FreshRedis;
let config: Awaited<ReturnType<typeof writeConfig>>;
let queues: Queues;
let folder: string;
let stopWorkers: () => Promise<void>;
let printed: string;

beforeEach(async () => {
  printed = "";
  redis = await freshRedis();
  config = await writeConfig([{ id: "acme", page: "http://127.0.0.1:1", format: "statuspage", every: 3600 }]);
  queues = openQueues(redis.connect());
  folder = await mkdtemp(join(tmpdir(), "statuswire-poison-"));
  const workers = [keepWorker(), keepWorker()];
  stopWorkers = () => Promise.all(workers.map((stop) => stop())).then(() => undefined);
});
afterEach(async () => {
  await stopWorkers();
  await closeQueues(queues);
  await config.remove();
  await rm(folder, { recursive: true, force: true });
  await redis.stop();
});

describe("payloads that throw, loop, eat memory or kill the process that reads them", () => {
  test("take no healthy one with them, and are buried after three starts at most", async () => {
    const healthy = Array.from({ length: 300 }, (_, index) => envelope(`Healthy ${index}.`));
    const poison = ["throws", "loops", "eats", "kills"].flatMap((harm) => [
      envelope(`poison:${harm}:${harm}Alone`),
      envelope(`poison:${harm}:${harm}Together`),
    ]);
    await add(healthy, poison);

    await waitUntil("the healthy to be printed", () => statuses().length === healthy.length, 180_000);
    const graves = await waitUntil("the poison to be buried", () => buried(poison.length), 180_000);
    expect(statuses()).toEqual(healthy.map((_, index) => `Healthy ${index}.`).sort());
    expect(graves.map(classOf).sort()).toEqual([
      ...["eats: StalledError", "eats: StalledError", "kills: StalledError", "kills: StalledError"],
      ...["loops: StalledError", "loops: StalledError", "throws: PayloadError", "throws: PayloadError"],
    ]);
    expect(Math.max(...graves.map(({ letter }) => letter.attempts))).toBeLessThanOrEqual(3);
    expect(Math.max(...(await fatalStarts()).values())).toBeLessThanOrEqual(3);
    expect(await queues.of("acme").quarantine.count()).toBe(0);
  }, 400_000);
});

/** Half of the poison comes alone, half in one job with others. */
async function add(healthy: readonly Observation[], poison: readonly Observation[]): Promise<void> {
  const [alone, together] = [0, 1].map((half) => poison.filter((_, index) => index % 2 === half));
  const observations = [...healthy.slice(0, 50), ...(together ?? [])];
  await queues.of("acme").observations.add("together", { v: 1, observations } satisfies Batch);
  await addAlone(queues, [...healthy.slice(50, 150), ...(alone ?? []), ...healthy.slice(150)]);
}

/** A worker as `statuswire up` keeps one: started again whenever it ends. */
function keepWorker(): () => Promise<void> {
  const script = fileURLToPath(new URL("../dist/main.js", import.meta.url));
  const preload = new URL("poison.mjs", import.meta.url).href;
  const env = {
    ...process.env,
    NODE_OPTIONS: `--max-old-space-size=200 --import=${preload}`,
    POISON_STARTS: join(folder, "starts"),
    REDIS_URL: redis.path,
    STATUSWIRE_CONFIG: config.path,
    WATCHDOG_SECONDS: "2",
    WORKER_PORT: "0",
    LOG_LEVEL: "error",
  };
  let isStopping = false;
  let child: ChildProcess;
  function start(): void {
    child = spawn(process.execPath, [script], { env, stdio: ["ignore", "pipe", "ignore"] });
    child.stdout?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    child.once("exit", () => isStopping || start());
  }
  start();
  return async () => {
    isStopping = true;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  };
}

function envelope(body: string): Observation {
  return webhook("acme", { page: { name: "Acme" }, component: { name: "API" }, incident: { name: body, body } });
}

function statuses(): string[] {
  return [...printed.matchAll(/^Status: (.*)$/gm)].map(([, status = ""]) => status).sort();
}

async function buried(count: number): Promise<Grave[] | undefined> {
  const graves = await listDeadLetters(queues);
  return graves.length >= count ? graves : undefined;
}

function classOf({ letter }: Grave): string {
  const [, harm = ""] = /poison:(\w+):/.exec(JSON.stringify(letter.data)) ?? [];
  return `${harm}: ${letter.error}`;
}

/** How often each poison that a process does not survive was read. */
async function fatalStarts(): Promise<Map<string, number>> {
  const lines = (await readFile(join(folder, "starts"), "utf8")).trim().split("\n");
  return lines.reduce((counts, name) => counts.set(name, (counts.get(name) ?? 0) + 1), new Map<string, number>());
}
