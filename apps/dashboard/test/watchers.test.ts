import { once } from "node:events";
import { connect as connectTo, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { defaultConfig } from "@statuswire/config";
import { connect } from "@statuswire/queues";
import { listen } from "@statuswire/service";
import { keys } from "@statuswire/store";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { readConfig } from "../src/config.ts";
import { openWindow } from "../src/service.ts";
import { keepUpWith } from "../src/wish.ts";

const password = "correct horse battery";

let server: FreshRedis;
let redis: Redis;
let close: () => Promise<void> = () => Promise.resolve();

beforeEach(async () => {
  server = await freshRedis();
  redis = server.connect();
});
afterEach(async () => {
  await close();
  await server.stop();
});

describe("a watcher", () => {
  test("hears now and then how far the log has been read", async () => {
    const url = await open({ beatMs: 50 });
    const seq = await record();
    const text = await textOf(await fetch(`${url}?after=0-0&provider=other`), `id: ${seq}\nevent: beat\n`);
    expect(text).not.toContain(`id: ${seq}\ndata:`);
  });

  test("who reads nothing is cut, and nobody else is", async () => {
    const url = await open({ beatMs: 50, patienceMs: 3000 });
    const [reading, idle] = [await watchBarely(url), await watchBarely(url)];
    idle.pause();
    reading.resume();
    const large = "x".repeat(40_000);
    await Promise.all(Array.from({ length: 400 }, () => record(large)));
    await waitUntil("one to be cut", async () => (await figures(url)).includes('reason="slow"} 1\n'), 30_000);
    expect(await figures(url)).toContain("statuswire_stream_watchers 1\n");
    await waitUntil("the other to have read it all", () => reading.bytesRead > 400 * large.length, 30_000);
    idle.destroy();
    reading.destroy();
  }, 90_000);

  test("beyond as many as there may be is told to come later", async () => {
    const url = await open({ most: 1 });
    await fetch(url);
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "30"]);
    expect(await answer.json()).toMatchObject({ title: "too_many_watchers" });
  });

  test("who has logged out is told so, and hears no more", async () => {
    const url = await open({ beatMs: 50 }, { DASHBOARD_PASSWORD: password });
    const Cookie = await logIn(url);
    const heard = textOf(await fetch(url, { headers: { Cookie } }), "logged_out");
    await fetch(new URL("/logout", url), { method: "POST", headers: { Cookie }, redirect: "manual" });
    expect(await heard).toMatch(/event: end\ndata: {"reason":"logged_out"}\n\n$/);
  });

  test("who comes back soon is told from memory: Redis is not asked", async () => {
    const first = await record();
    const second = await record();
    const url = await open({});
    const before = await reads();
    await textOf(await fetch(url, { headers: { "Last-Event-ID": first } }), `id: ${second}\ndata:`);
    expect(await reads()).toBe(before);
  });
});

/** The real dashboard with other limits; gives where its stream is. */
async function open(limits: object, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { access } = readConfig(env);
  const wish = keepUpWith({
    follower: {
      current: () => defaultConfig,
      rejected: () => undefined,
      refresh: () => Promise.resolve(undefined),
    },
    ...{ env, tell: () => undefined },
  });
  const streamLimits = { most: 10, beatMs: 15_000, patienceMs: 30_000, ...limits };
  const window = await openWindow({
    ...{ redis: server.connect(), blocking: connect(server.path, "worker") },
    ...{ tell: () => undefined, access, wish, streamLimits },
  });
  const listening = await listen(window.app, { host: "127.0.0.1", port: 0, variable: "DASHBOARD_PORT" });
  close = async () => {
    wish.stop();
    window.closeStreams();
    await listening.close();
    await window.close();
  };
  await waitUntil("the dashboard to be ready", async () => (await fetch(`${listening.url}/login`)).status !== 503);
  return `${listening.url}/api/v1/stream`;
}

/** Opens a stream on a socket that leaves reading to the test. */
async function watchBarely(url: string): Promise<Socket> {
  const socket = connectTo(Number(new URL(url).port), "127.0.0.1");
  socket.write("GET /api/v1/stream HTTP/1.1\r\nhost: localhost\r\n\r\n");
  await once(socket, "data");
  return socket;
}

/** Appends an event to the log, as the store does; gives its place. */
async function record(status = "Operational"): Promise<string> {
  const time = "2025-11-03T14:32:00.000Z";
  const event = {
    ...{ id: "evt_1", type: "component.changed", provider: "acme", product: "API", status },
    ...{ timestamp: time, observedAt: time, via: "poll", initial: false, inferred: false },
  };
  return (await redis.xadd(keys.events, "*", "event", JSON.stringify(event))) ?? "";
}

/** What a stream has told by the time that it tells something. */
async function textOf({ body }: Response, sought: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.includes(sought)) return text;
  }
  throw new Error(`The stream ended before "${sought}".`);
}

async function logIn(url: string): Promise<string> {
  const body = new URLSearchParams({ secret: password, next: "/" });
  const { headers } = await fetch(new URL("/login", url), { method: "POST", body, redirect: "manual" });
  return headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function figures(url: string): Promise<string> {
  return (await fetch(new URL("/metrics", url))).text();
}

/** How often the log has been read at a place. */
async function reads(): Promise<number> {
  return Number(/cmdstat_xrange:calls=(\d+)/.exec(await redis.info("commandstats"))?.[1] ?? 0);
}
