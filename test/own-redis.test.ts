import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { connect } from "@statuswire/queues";
import { freePort, redisServer, type RedisServer, waitUntil } from "@statuswire/testing";

const statuswire = fileURLToPath(new URL("../apps/cli/dist/main.js", import.meta.url));
const documentation = fileURLToPath(new URL("../docs/redis.md", import.meta.url));
const password = "p@ss:w/ord";

let folder: string;
let port: number;
let server: RedisServer;
let admin: ReturnType<typeof connect>;
let running: Running[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sw-own-redis-"));
  await makeCertificates();
  port = await freePort();
  const plain = await freePort();
  server = await redisServer(
    [
      ...["--port", String(plain), "--tls-port", String(port), "--tls-auth-clients", "no", "--save", ""],
      ...[
        "--tls-cert-file",
        file("server.crt"),
        "--tls-key-file",
        file("server.key"),
        "--tls-ca-cert-file",
        file("ca.crt"),
      ],
      ...["--user", "admin", "on", ">admin", "~*", "&*", "+@all", "--user", "default", "off"],
      ...["--user", ...(await documentedAcl())],
    ],
    process.env,
  );
  admin = connect(`redis://admin:admin@127.0.0.1:${plain}`, "worker");
  admin.on("error", () => undefined);
  await waitUntil("Redis to stand", () => admin.ping());
}, 120_000);
afterEach(async () => {
  for (const { stop } of running.splice(0)) await stop();
}, 30_000);
afterAll(async () => {
  admin.disconnect();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("a Redis of one's own, over TLS, with a user who may do what the documentation says", () => {
  test("carries everything, and refuses only what we can do without", async () => {
    const { stdout, stderr } = start({ NODE_EXTRA_CA_CERTS: file("ca.crt") });
    const url = await waitUntil(
      "Statuswire to stand",
      () => /POST (http\S+)\/webhooks/.exec(stderr())?.[1],
      60_000,
    );
    await post(`${url}/webhooks/openai`, envelope("Slow."));
    await post(`${url}/webhooks/nobody`, envelope("For nobody."));
    await waitUntil("the event to be printed", () => stdout().includes("Status: Slow."), 50_000);
    await waitUntil("what nobody can take to be buried", () => stderr().includes("job.buried"), 50_000);
    await waitUntil("the risks to be named", () => stderr().includes("redis.risky"));
    expect(await refusedCommands()).toEqual(["config|get"]);
    expect(stderr()).not.toContain("NOPERM");
  }, 180_000);

  test("is not spoken to when nobody vouches for its certificate", async () => {
    const { stderr } = start({});
    await waitUntil("it to be named", () => /self-signed certificate/.test(stderr()), 60_000);
  }, 120_000);
});

interface Running {
  stdout(): string;
  stderr(): string;
  stop(): Promise<unknown>;
}

function start(env: NodeJS.ProcessEnv): Running {
  const child: ChildProcess = spawn(process.execPath, [statuswire, "up"], {
    env: {
      ...process.env,
      ...{ INGEST_PORT: "0", DASHBOARD_PORT: "0", WORKER_PORT: "0", LOG_FORMAT: "line" },
      REDIS_URL: `rediss://statuswire:${encodeURIComponent(password)}@127.0.0.1:${port}`,
      STATUSWIRE_CONFIG: file("statuswire.yaml"),
      ...env,
    },
  });
  const exited = once(child, "exit");
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const one = { stdout, stderr, stop: () => (child.kill("SIGTERM"), exited) };
  running.push(one);
  return one;
}

/** What Redis has refused to do. */
async function refusedCommands(): Promise<string[]> {
  const entries = (await admin.acl("LOG")) as string[][];
  return [...new Set(entries.map((entry) => entry[entry.indexOf("object") + 1] ?? ""))];
}

/** The user that docs/redis.md says to make, with our password. */
async function documentedAcl(): Promise<string[]> {
  const [, acl = ""] = /^ACL SETUSER (.*)$/m.exec(await readFile(documentation, "utf8")) ?? [];
  return acl.replace(">PASSWORD", `>${password}`).split(" ");
}

async function makeCertificates(): Promise<void> {
  const openssl = (...args: string[]) => promisify(execFile)("openssl", args, { cwd: folder });
  const ca = ["-keyout", "ca.key", "-out", "ca.crt", "-subj", "/CN=Our own CA"];
  await openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", ...ca);
  await openssl(
    "req",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-keyout",
    "server.key",
    "-out",
    "server.csr",
    "-subj",
    "/CN=redis",
  );
  await writeFile(file("names"), "subjectAltName=IP:127.0.0.1");
  const signed = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names"];
  await openssl("x509", "-req", "-in", "server.csr", "-out", "server.crt", "-days", "2", ...signed);
  const openai = { id: "openai", name: "OpenAI", page: "http://127.0.0.1:1", format: "statuspage" };
  await writeFile(
    file("statuswire.yaml"),
    JSON.stringify({ providers: [openai], outbound: { allowPrivate: true } }),
  );
}

function file(name: string): string {
  return join(folder, name);
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = "";
  stream?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

function envelope(body: string): object {
  return { page: { name: "OpenAI" }, component: { name: "API" }, incident: { name: body, body } };
}

async function post(url: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  await waitUntil(`${url} to accept`, async () => {
    const { status } = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    return status === 202;
  });
}
