import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { defaultConfig } from "@statuswire/config";
import { connect } from "@statuswire/queues";
import { listen, type Listening } from "@statuswire/service";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { readConfig } from "../src/config.ts";
import { openWindow } from "../src/service.ts";
import { keepUpWith } from "../src/wish.ts";

let server: FreshRedis;
let listening: Listening;
let close: () => Promise<void>;

beforeEach(async () => {
  server = await freshRedis();
  await server.crash();
  const redis = connect(server.path, "reader").on("error", () => undefined);
  const blocking = connect(server.path, "worker").on("error", () => undefined);
  const { access } = readConfig({});
  const follower = {
    current: () => defaultConfig,
    rejected: () => undefined,
    refresh: () => Promise.resolve(undefined),
  };
  const wish = keepUpWith({ follower, env: {}, tell: () => undefined });
  const window = await openWindow({ redis, blocking, tell: () => undefined, access, wish });
  listening = await listen(window.app, { host: "127.0.0.1", port: 0, variable: "DASHBOARD_PORT" });
  close = async () => {
    wish.stop();
    await listening.close();
    await window.close();
    redis.disconnect();
  };
});
afterEach(async () => {
  await close();
  await server.stop();
});

describe("a dashboard whose Redis is not there yet", () => {
  test("listens all the same, and says what it waits for", async () => {
    const page = await ask("/", "text/html");
    expect([page.status, page.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await page.text()).toContain("Waiting for Redis");
    // A sandboxed page does not look again by itself.
    expect(page.headers.get("content-security-policy")).not.toContain("sandbox");
    const answer = await ask("/api/v1/providers", "*/*");
    expect([answer.status, await answer.json()]).toMatchObject([503, { title: "waiting_for_redis" }]);
  });

  test("lives, and is not ready", async () => {
    expect([(await ask("/healthz")).status, (await ask("/readyz")).status]).toEqual([200, 503]);
  });

  test("answers once it is there", async () => {
    await server.revive();
    await waitUntil("the dashboard to answer", async () => (await ask("/api/v1/providers")).status === 200);
    expect((await ask("/", "text/html")).status).toBe(200);
  });
});

function ask(path: string, accept = "*/*"): Promise<Response> {
  return fetch(`${listening.url}${path}`, { headers: { Accept: accept } });
}
