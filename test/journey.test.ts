import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { closeQueues, connect, openQueues, type Queues, allQueues } from "@statuswire/queues";
import { createLog } from "@statuswire/store";
import { waitUntil } from "@statuswire/testing";

const statuswire = fileURLToPath(new URL("../apps/cli/dist/main.js", import.meta.url));
const providers = ["openai", "discord", "apple"];

let folder: string;
let running: Running;
let redis: ReturnType<typeof connect>;
let queues: Queues;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sw-journey-"));
  const unreachable = providers.map((id) => ({ id, name: id, page: "http://127.0.0.1:1", format: "statuspage" }));
  await writeFile(
    join(folder, "statuswire.yaml"),
    JSON.stringify({ providers: unreachable, outbound: { allowPrivate: true } }),
  );
  running = await start();
  redis = connect(join(folder, "data", "redis.sock"), "worker");
  redis.on("error", () => undefined);
  queues = openQueues(redis);
  // Redis goes with Statuswire, and comes back with it.
  for (const { queue } of allQueues(queues)) queue.on("error", () => undefined);
}, 180_000);
afterAll(async () => {
  await closeQueues(queues);
  redis.disconnect();
  await running.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("Statuswire, all of it", () => {
  test("answers 202 to an envelope, and prints its two lines", async () => {
    const response = await post("openai", envelope);
    expect([response.status, await response.json()]).toMatchObject([202, { accepted: true, provider: "openai" }]);
    await waitUntil("the event to be printed", () => running.stdout().includes("upstream issue."));
    expect(running.stdout()).toMatch(
      /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] Product: OpenAI API - Chat Completions\nStatus: Degraded performance due to upstream issue\.\n$/,
    );
  });

  test("makes 300 webhooks 300 events, though a worker is killed among them", async () => {
    const posting = Promise.all(burst.map(([provider, body]) => post(provider, body)));
    await waitUntil("the first to be printed", () => running.stdout().includes("Incident"), 60_000);
    process.kill(running.workerPid(), "SIGKILL");
    expect(new Set((await posting).map(({ status }) => status))).toEqual(new Set([202]));
    await waitUntil(
      "all to be observed",
      async () => (await opened()).length > 300 && !(await underway()),
      150_000,
    );
    const titles = await opened();
    expect([titles.length, new Set(titles).size]).toEqual([301, 301]);
  }, 180_000);

  test("makes the same 300 webhooks no event", async () => {
    await Promise.all(burst.map(([provider, body]) => post(provider, body)));
    await post("openai", { ...envelope, incident: { name: "Last", body: "The last one." } });
    await waitUntil("the last to be printed", () => running.stdout().includes("The last one."), 60_000);
    await waitUntil("all to be observed", async () => (await underway()) === 0, 60_000);
    expect(await opened()).toHaveLength(302);
  }, 180_000);

  test("stops on Ctrl-C, every process of it", async () => {
    expect(await running.stop()).toEqual({ code: 0, signal: null });
    await expect(fetch(running.url)).rejects.toThrow();
  }, 60_000);

  test("has kept everything when it is started again", async () => {
    running = await start();
    expect(await opened()).toHaveLength(302);
    expect((await run("events", "--provider", "openai", "--since", "1h")).trim().split("\n").at(-1)).toBe(
      "Status: The last one.",
    );
  }, 180_000);
});

const envelope = {
  page: { name: "OpenAI" },
  component: { name: "API - Chat Completions" },
  incident: { name: "Test", body: "Degraded performance due to upstream issue." },
};

/** Statuspage's own pushes about three hundred incidents of three providers. */
const burst = Array.from({ length: 300 }, (_, index) => [providers[index % 3] ?? "", push(index)] as const);

function push(index: number) {
  const at = new Date(Date.now() - 60_000).toISOString();
  const update = {
    id: `u${index}`,
    status: "investigating",
    body: `Looking into ${index}.`,
    created_at: at,
    updated_at: at,
  };
  return {
    page: { id: "p", status_indicator: "minor", status_description: "Minor" },
    incident: {
      id: `i${index}`,
      name: `Incident ${index}`,
      status: "investigating",
      impact: "minor",
      created_at: at,
      updated_at: at,
      incident_updates: [{ ...update, incident_id: `i${index}` }],
    },
  };
}

interface Running {
  url: string;
  stdout(): string;
  /** The worker that started last. */
  workerPid(): number;
  stop(): Promise<{ code: unknown; signal: unknown }>;
}

function environment(): NodeJS.ProcessEnv {
  const { REDIS_URL: _theirs, ...inherited } = process.env;
  const ports = { INGEST_PORT: "0", DASHBOARD_PORT: "0", WORKER_PORT: "0" };
  const files = { STATUSWIRE_DATA: join(folder, "data"), STATUSWIRE_CONFIG: join(folder, "statuswire.yaml") };
  return { ...inherited, ...ports, ...files, STATUSWIRE_NO_INSTALL: "1", LOG_FORMAT: "line" };
}

async function start(): Promise<Running> {
  // A process group of its own, as in a terminal: Ctrl-C reaches all of it.
  const child: ChildProcess = spawn(process.execPath, [statuswire, "up"], { detached: true, env: environment() });
  const exited = once(child, "exit").then(([code, signal]: unknown[]) => ({ code, signal }));
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const url = await waitUntil(
    "Statuswire to stand",
    () => /POST (http\S+)\/webhooks/.exec(stderr())?.[1],
    120_000,
  );
  return {
    url,
    stdout,
    workerPid: () =>
      Number(
        [...stderr().matchAll(/"pid":(\d+),"service":"worker"|"service":"worker".*?"pid":(\d+)/g)]
          .at(-1)
          ?.slice(1)
          .find(Boolean),
      ),
    async stop() {
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
        process.kill(-child.pid, "SIGINT");
      return exited;
    },
  };
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = "";
  stream?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

function post(provider: string, body: object): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${running.url}/webhooks/${provider}`, { method: "POST", headers, body: JSON.stringify(body) });
}

/** What the log says of incidents that were opened: what each was called. */
async function opened(): Promise<string[]> {
  const events = await createLog(redis).after(undefined, 10_000);
  return events.filter(({ type }) => type === "incident.opened").map(({ incident }) => incident?.title ?? "");
}

/** How much has come in and is not yet observed. */
async function underway(): Promise<number> {
  const counts = await queues.of("acme").observations.getJobCounts("waiting", "active", "delayed");
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Runs one of the operator's commands. */
async function run(...command: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [statuswire, ...command], { env: environment() });
  return stdout;
}
