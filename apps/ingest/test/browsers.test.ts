import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Tell } from "@statuswire/telemetry";
import { waitUntil } from "@statuswire/testing";
import { readConfig } from "../src/config.ts";
import { type Door, openDoor } from "./door.ts";
import { exchange, statusesIn } from "./exchange.ts";
import { type Wish, writeWish } from "./wish.ts";

const secret = "canary-secret-of-github";
const signature = `X-Hub-Signature-256: sha256=${createHmac("sha256", secret).update("{}").digest("hex")}`;
const told: unknown[] = [];
const tell: Tell = (...said) => told.push(said);

let wish: Wish;
let believing: Door;
let proving: Door;
let hinting: Door;

beforeAll(async () => {
  wish = await writeWish(`providers: [{ id: github, verify: { scheme: github, secret: ${secret} } }]`);
  const env = {
    STATUSWIRE_CONFIG: wish.path,
    INGEST_HOSTS: "hooks.corp.test",
    PUBLIC_URL: "https://status.corp.test",
  };
  believing = await openDoor(env, tell);
  proving = await openDoor({ ...env, INGEST_INSECURE: "0" });
  hinting = await openDoor({ ...env, INGEST_INSECURE: "hint" });
});
afterAll(async () => {
  for (const door of [believing, proving, hinting]) await door.close();
  await wish.remove();
});

const crossSite = [
  ["Sec-Fetch-Site: cross-site"],
  ["Sec-Fetch-Site: same-site"],
  ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"],
  ["Origin: https://evil.test"],
  ["Origin: http://127.0.0.1:1"],
  ["Origin: null"],
  ["Origin: not an origin"],
].map((headers): [string, string[]] => [headers.join(", "), headers]);

describe("what a page of another website makes a browser send", () => {
  test.each(crossSite)("is refused: %s", async (_what, headers) => {
    const answer = await post(believing, { headers: [...headers, "Content-Type: text/plain"] });
    expect(statusesIn(answer)).toEqual([403]);
    expect(answer).toContain("Send it from a server, without the headers Origin and Sec-Fetch-Site.");
  });

  test.each(crossSite)("is refused with a proof, and where proof is demanded: %s", async (_what, headers) => {
    const answer = await post(proving, { provider: "github", headers: [...headers, signature] });
    expect(statusesIn(answer)).toEqual([403]);
  });

  test("is refused by any method: no preflight succeeds", async () => {
    const headers = ["Origin: https://evil.test", "Access-Control-Request-Method: POST"];
    expect(statusesIn(await ask(believing, { start: "OPTIONS /webhooks/openai", headers }))).toEqual([403]);
  });

  test("is not queued, and is logged", async () => {
    expect(await believing.queued()).toEqual([]);
    const refusal = { reason: "cross-site", origin: "https://evil.test" };
    expect(told).toContainEqual(["webhook.refused", refusal]);
  });

  test("is answered when it is a link that somebody follows", async () => {
    const headers = ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"];
    expect(statusesIn(await ask(believing, { start: "GET /healthz", headers }))).toEqual([200]);
  });
});

describe("a webhook that is believed without proof", () => {
  test.each([
    "127.0.0.1:8000",
    "10.1.2.3",
    "[::1]:8000",
    "localhost",
    "ingest:8000",
    "hooks.corp.test",
    "STATUS.corp.test:443",
  ])("is accepted at %s", async (host) => {
    expect(statusesIn(await post(believing, { host }))).toEqual([202]);
  });

  test.each([
    "evil.test",
    "evil.test:8000",
    "hooks.corp.test.evil.test",
    "127.0.0.1.evil.test",
    "ingest.evil.test",
    "%",
  ])("is refused at %s, and told the fix", async (host) => {
    const answer = await post(believing, { host });
    expect(statusesIn(answer)).toEqual([403]);
    expect(answer).toContain("add it to INGEST_HOSTS");
  });

  test("is accepted at the public address that the file names, as soon as it does", async () => {
    const file = await writeWish("");
    const door = await openDoor({ STATUSWIRE_CONFIG: file.path });
    expect(statusesIn(await post(door, { host: "board.corp.test" }))).toEqual([403]);
    await file.become('publicUrl: "https://board.corp.test"');
    await waitUntil("it to be accepted", async () =>
      statusesIn(await post(door, { host: "board.corp.test" })).includes(202),
    );
    await door.close();
    await file.remove();
  });

  test("is accepted from a program so old that it names no host", async () => {
    const { url } = believing;
    const request = "POST /webhooks/openai HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}";
    expect(statusesIn(await exchange(url, request))).toEqual([202]);
  });
});

describe("any host name will do", () => {
  test("for a webhook that proves who sent it", async () => {
    const sent = { provider: "github", host: "any.test", headers: [signature] };
    expect(statusesIn(await post(believing, sent))).toEqual([202]);
    expect(statusesIn(await post(proving, sent))).toEqual([202]);
  });

  test("for a hint, which is not believed", async () => {
    expect(statusesIn(await post(hinting, { host: "any.test" }))).toEqual([202]);
  });

  test("for those who ask whether ingest is well", async () => {
    expect(statusesIn(await ask(believing, { start: "GET /wakeup", host: "any.test" }))).toEqual([200]);
  });
});

describe("the names of ingest", () => {
  test.each([
    [{ INGEST_HOSTS: "https://hooks.corp.test" }, "INGEST_HOSTS"],
    [{ PUBLIC_URL: "status.corp.test" }, "PUBLIC_URL"],
    [{ PUBLIC_URL: "javascript:alert(1)" }, "PUBLIC_URL"],
  ])("are refused at start when they are none: %j", (env, named) => {
    expect(() => readConfig(env)).toThrow(named);
  });
});

interface Sent {
  provider?: string;
  host?: string;
  headers?: readonly string[];
}

function post(door: Door, { provider = "openai", ...sent }: Sent): Promise<string> {
  return ask(door, { start: `POST /webhooks/${provider}`, ...sent });
}

function ask(
  { url }: Door,
  { start, host = "localhost", headers = [] }: Omit<Sent, "provider"> & { start: string },
) {
  const lines = [`${start} HTTP/1.1`, `Host: ${host}`, "Connection: close", "Content-Length: 2", ...headers];
  return exchange(url, `${lines.join("\r\n")}\r\n\r\n{}`);
}
