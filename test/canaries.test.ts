import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { connect } from "@statuswire/queues";
import { freePort, type LocalServer, redisServer, type RedisServer, serve, waitUntil } from "@statuswire/testing";

const statuswire = fileURLToPath(new URL("../apps/cli/dist/main.js", import.meta.url));

/** Every secret that there is to configure. None means anything, and each has what URLs and base64 write otherwise. */
const secrets = {
  REDIS_PASSWORD: canary(),
  GITHUB_SECRET: canary(),
  HMAC_SECRET: canary(),
  PATH_TOKEN: canary().replaceAll(/[^a-z0-9]/g, "-"),
  BASIC_TOKEN: `user:${canary()}`,
  HEADER_TOKEN: canary(),
  SIGNING_KEY: `whsec_${randomBytes(32).toString("base64")}`,
  SINK_PATH: canary().replaceAll(/[^a-z0-9]/g, "-"),
  SINK_KEY: `whsec_${randomBytes(32).toString("base64")}`,
  SINK_HEADER: canary(),
  MATTERMOST_PATH: canary().replaceAll(/[^a-z0-9]/g, "-"),
  SLACK_TOKEN: canary().replaceAll(/[^a-z0-9]/g, "-"),
  TELEGRAM_TOKEN: `123456:${canary().replaceAll(/[^a-z0-9]/g, "-")}`,
  SMTP_PASSWORD: canary(),
  DASHBOARD_PASSWORD: canary(),
  DASHBOARD_READ_TOKENS: canary(),
};

let folder: string;
let port: number;
let server: RedisServer;
let place: LocalServer;
let running: Running;
/** Everything that can be seen, by where. */
const seen = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sw-canaries-"));
  port = await freePort();
  server = await redisServer(
    ["--port", String(port), "--requirepass", secrets.REDIS_PASSWORD, "--save", ""],
    process.env,
  );
  // As unkind as can be: it refuses, and repeats what it was sent.
  place = await serve((request, response) => {
    response.writeHead(400).end(JSON.stringify({ error: request.url, headers: request.headers }));
  });
  await writeFile(join(folder, "statuswire.yaml"), JSON.stringify(configuration()));
  running = start();
  await waitUntil("Statuswire to stand", () => running.stderr().includes("Ctrl-C stops everything"), 60_000);
  await use();
  await look();
}, 180_000);
afterAll(async () => {
  await running.stop();
  await place.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

describe("a secret", () => {
  test.each(Object.entries(secrets))("is seen nowhere: %s", (_name, secret) => {
    const places = [...seen].filter(([, text]) => formsOf(secret).some((form) => text.includes(form)));
    expect(places.map(([where]) => where)).toEqual([]);
  });

  test("would be seen in each of these", () => {
    expect([...seen].filter(([, text]) => text.length < 50).map(([where]) => where)).toEqual([]);
    expect([...seen.keys()].sort()).toEqual([
      ...["answers", "api", "commands", "logs", "metrics of dashboard", "metrics of ingest", "metrics of worker"],
      ...["queues", "redis", "stdout"],
    ]);
    expect(seen.get("logs")).toContain("job.buried");
    expect(seen.get("queues")).toContain("failedReason");
  });
});

/** Webhooks that prove it, that prove it wrongly, and that carry a secret where none belongs. */
async function use(): Promise<void> {
  const ingest = urlOf("ingest");
  const body = JSON.stringify({
    page: { name: "A" },
    component: { name: "API" },
    incident: { name: "N", body: "Slow." },
  });
  const basic = Buffer.from(secrets.BASIC_TOKEN).toString("base64");
  const requests: [string, Record<string, string>][] = [
    [`path/${secrets.PATH_TOKEN}`, {}],
    [`open/${secrets.PATH_TOKEN}`, {}],
    [`path/${secrets.PATH_TOKEN}x`, {}],
    ["basic", { authorization: `Basic ${basic}` }],
    ["token", { "x-token": secrets.HEADER_TOKEN }],
    ["token", { "x-tokem": secrets.HEADER_TOKEN }],
    ["github", { "x-hub-signature-256": secrets.GITHUB_SECRET }],
    ["hmac", { "x-signature": secrets.HMAC_SECRET }],
    ["svix", { "webhook-id": "m1", "webhook-timestamp": "1", "webhook-signature": `v1,${secrets.SIGNING_KEY}` }],
    ["open", {}],
  ];
  const answers: string[] = [];
  for (const [path, headers] of requests) {
    const answer = await fetch(`${ingest}/webhooks/${path}`, { method: "POST", headers, body });
    answers.push(`${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`);
  }
  seen.set("answers", answers.join("\n"));
  await waitUntil("the sinks' refusals to be buried", async () => (await deadLetters()).length >= 3, 60_000);
}

async function look(): Promise<void> {
  const dashboard = urlOf("dashboard");
  await fetch(`${dashboard}/login`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: dashboard },
    body: new URLSearchParams({ password: `${secrets.DASHBOARD_PASSWORD}x` }),
  });
  for (const app of ["ingest", "worker", "dashboard"])
    seen.set(`metrics of ${app}`, await read(`${urlOf(app)}/metrics`));
  const ids = await deadLetters();
  const pages = [
    "providers",
    "events",
    "incidents",
    "queues",
    "dead-letters",
    ...ids.map((id) => `dead-letters/${id}`),
  ];
  seen.set("api", (await Promise.all(pages.map((page) => read(`${dashboard}/api/v1/${page}`)))).join("\n"));
  const queues = ["observations", "polls", "deliveries", "quarantine", "dead-letters"];
  const board = queues.map((queue) =>
    read(`${dashboard}/queues/api/queues?activeQueue=${queue}&status=latest&page=1`),
  );
  seen.set("queues", (await Promise.all(board)).join("\n"));
  const [list, status, check] = [await run("dead-letters"), await run("status"), await run("check")];
  seen.set(
    "commands",
    [list, status, check, ...(await Promise.all(ids.map((id) => run("dead-letters", "show", id ?? ""))))].join(
      "\n",
    ),
  );
  seen.set("redis", await dump());
  seen.set("logs", running.stderr());
  seen.set("stdout", running.stdout());
}

/** The ids of what was buried. */
async function deadLetters(): Promise<string[]> {
  const text = await read(`${urlOf("dashboard")}/api/v1/dead-letters`);
  return [...text.matchAll(/"id":"([^"]+)"/g)].map(([, id = ""]) => id);
}

async function read(url: string): Promise<string> {
  const headers = { authorization: `Bearer ${secrets.DASHBOARD_READ_TOKENS}` };
  return (await fetch(url, { headers })).text();
}

function configuration(): object {
  const page = (id: string, verify?: object) => ({
    id,
    page: "http://127.0.0.1:1",
    format: "statuspage",
    ...(verify && { verify }),
  });
  return {
    providers: [
      page("open"),
      page("path", { scheme: "token", in: "path", secret: "${PATH_TOKEN}" }),
      page("basic", { scheme: "token", in: "basic", secret: "${BASIC_TOKEN}" }),
      page("token", { scheme: "token", in: "header", header: "x-token", secret: "${HEADER_TOKEN}" }),
      page("github", { scheme: "github", secret: "${GITHUB_SECRET}" }),
      page("hmac", { scheme: "hmac", header: "x-signature", secret: "${HMAC_SECRET}" }),
      page("svix", { scheme: "standard-webhooks", secret: "${SIGNING_KEY}" }),
    ],
    sinks: {
      ours: {
        ...{ kind: "webhook", url: `${place.url}/hooks/\${SINK_PATH}`, secrets: ["${SINK_KEY}"] },
        headers: { authorization: "Bearer ${SINK_HEADER}" },
      },
      team: { kind: "slack", token: "xoxb-${SLACK_TOKEN}", channel: "C0123456789", api: `${place.url}/api/` },
      others: { kind: "mattermost", url: `${place.url}/hooks/\${MATTERMOST_PATH}` },
      family: { kind: "telegram", token: "${TELEGRAM_TOKEN}", chat: -1, api: `${place.url}/` },
      mail: {
        ...{ kind: "email", host: "127.0.0.1", port: 1, tls: "none", user: "me", password: "${SMTP_PASSWORD}" },
        ...{ from: "a@example.com", to: ["b@example.com"] },
      },
    },
    outbound: { allowPrivate: true },
  };
}

interface Running {
  stdout(): string;
  stderr(): string;
  stop(): Promise<unknown>;
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...secrets,
    ...{ INGEST_PORT: "0", DASHBOARD_PORT: "0", WORKER_PORT: "0", LOG_LEVEL: "debug", LOG_FORMAT: "json" },
    REDIS_URL: `redis://:${encodeURIComponent(secrets.REDIS_PASSWORD)}@127.0.0.1:${port}`,
    STATUSWIRE_CONFIG: join(folder, "statuswire.yaml"),
  };
}

function start(): Running {
  const child: ChildProcess = spawn(process.execPath, [statuswire, "up"], { env: environment() });
  const exited = once(child, "exit");
  return {
    stdout: collect(child.stdout),
    stderr: collect(child.stderr),
    stop: () => (child.kill("SIGTERM"), exited),
  };
}

async function run(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [statuswire, ...args], { env: environment() });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  await once(child, "close");
  return stdout() + stderr();
}

/** Where one of our processes listens, as it says. */
function urlOf(service: string): string {
  const started = running
    .stderr()
    .split("\n")
    .find((line) => line.includes("process.started") && line.includes(`"service":"${service}"`));
  return /"url":"([^"]+)"/.exec(started ?? "")?.[1] ?? "";
}

/** Every key of Redis with what it holds. */
async function dump(): Promise<string> {
  const redis = connect(environment()["REDIS_URL"] ?? "", "reader");
  const read: Record<string, (key: string) => Promise<unknown>> = {
    string: (key) => redis.get(key),
    hash: (key) => redis.hgetall(key),
    list: (key) => redis.lrange(key, 0, -1),
    set: (key) => redis.smembers(key),
    zset: (key) => redis.zrange(key, "0", "-1"),
    stream: (key) => redis.xrange(key, "-", "+"),
  };
  const keys = await redis.keys("*");
  const values = await Promise.all(keys.map(async (key) => [key, await read[await redis.type(key)]?.(key)]));
  redis.disconnect();
  return JSON.stringify(values);
}

/** How a secret looks in text: as it is, in a URL, in JSON, and in base64 wherever it begins. */
function formsOf(secret: string): string[] {
  const inside = [0, 1, 2].map((offset) => {
    const encoded = Buffer.from(" ".repeat(offset) + secret).toString("base64");
    return encoded.slice(offset ? 4 : 0, -4);
  });
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...inside];
}

function canary(): string {
  return `c+/${randomBytes(12).toString("hex")}=&`;
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = "";
  stream?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}
