import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { waitUntil } from "@statuswire/testing";

const statuswire = fileURLToPath(new URL("../apps/cli/dist/main.js", import.meta.url));
const documentation = fileURLToPath(new URL("../docs/redis.md", import.meta.url));
const startMs = 60_000;
const acceptMs = 30_000;

export interface Running {
  pid: number;
  /** Its exit code, once it has ended. */
  exited: Promise<number | null>;
  stdout(): string;
  stderr(): string;
}

const ends: (() => Promise<unknown>)[] = [];

/** Starts everything, as `statuswire up` does on a machine, with a page that is told of by webhooks alone. */
export function start(env: NodeJS.ProcessEnv): Running {
  const folder = mkdtempSync(join(tmpdir(), "sw-up-"));
  const config = join(folder, "statuswire.yaml");
  const openai = { id: "openai", name: "OpenAI", page: "http://127.0.0.1:1", format: "statuspage" };
  writeFileSync(config, JSON.stringify({ providers: [openai], outbound: { allowPrivate: true } }));
  const ports = { INGEST_PORT: "0", DASHBOARD_PORT: "0", WORKER_PORT: "0" };
  const child: ChildProcess = spawn(process.execPath, [statuswire, "up"], {
    env: {
      ...process.env,
      ...ports,
      LOG_FORMAT: "line",
      STATUSWIRE_CONFIG: config,
      STATUSWIRE_DATA: folder,
      ...env,
    },
  });
  const exited = once(child, "exit").then(([code]: (number | null)[]) => code ?? null);
  ends.push(async () => {
    child.kill("SIGTERM");
    await exited;
    rmSync(folder, { recursive: true, force: true });
  });
  return { pid: child.pid ?? 0, exited, stdout: collect(child.stdout), stderr: collect(child.stderr) };
}

/** Ends all that was started. */
export async function stopAll(): Promise<void> {
  await Promise.all(ends.splice(0).map((end) => end()));
}

/** Where ingest listens, once it does. */
export async function doorOf({ stderr }: Running): Promise<string> {
  return waitUntil("Statuswire to stand", () => /POST (http\S+)\/webhooks/.exec(stderr())?.[1], startMs);
}

/** Posts an incident until it is accepted. */
export async function post(url: string, words: string): Promise<void> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({
    page: { name: "OpenAI" },
    component: { name: "API" },
    incident: { name: words, body: words },
  });
  const isAccepted = async () => (await fetch(url, { method: "POST", headers, body })).status === 202;
  await waitUntil(`${url} to accept`, isAccepted, acceptMs);
}

/** The rules that docs/redis.md gives for a user, with a password. */
export async function documentedUser(name: string, password: string): Promise<string[]> {
  const rules = new RegExp(`^ACL SETUSER (${name} .*)$`, "m").exec(await readFile(documentation, "utf8"))?.[1];
  if (rules === undefined) throw new Error(`docs/redis.md does not say what ${name} may do.`);
  return rules.replace(">PASSWORD", `>${password}`).split(" ");
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = "";
  stream?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}
