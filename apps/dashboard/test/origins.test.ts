import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
  window = await openTestWindow(server, ["acme"], {
    DASHBOARD_HOSTS: "status.corp.test",
    PUBLIC_URL: "https://public.corp.test:8443",
    DASHBOARD_CORS_ORIGINS: "https://wiki.corp.test",
    DASHBOARD_QUEUES_WRITABLE: "1",
  });
  await window.queues.of("acme").observations.add("acme", {}, { jobId: "job-1" });
});
afterAll(async () => {
  await window.close();
  await server.stop();
});

const elsewhere = [
  { "Sec-Fetch-Site": "cross-site" },
  { "Sec-Fetch-Site": "same-site" },
  { Origin: "https://evil.test" },
  { Origin: "http://127.0.0.1:1" },
  { Origin: "null" },
  { Origin: "not an origin" },
  { Origin: "https://wiki.corp.test" },
];
const writes = [
  ["POST", "/login"],
  ["POST", "/logout"],
  ["POST", "/api/v1/dead-letters/one/redrive"],
  ["DELETE", "/api/v1/dead-letters/one"],
  ["POST", "/queues/api/queues/observations/add"],
  ["PUT", "/queues/api/queues/pause"],
  ["PUT", "/queues/api/queues/observations/pause"],
  ["PUT", "/queues/api/queues/observations/empty"],
  ["PUT", "/queues/api/queues/observations/obliterate"],
  ["PATCH", "/queues/api/queues/observations/job-1/update-data"],
  ["POST", "/none"],
] as const;
const contentTypes = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "application/json",
];
const matrix = writes.flatMap(([method, path]) =>
  contentTypes.flatMap((type) =>
    elsewhere.map((headers) => ({ method, path, headers: { ...headers, "Content-Type": type } })),
  ),
);

describe("a write for another site's page", () => {
  test("is refused, whatever its method, content type and origin", async () => {
    const statuses = await Promise.all(matrix.map(async (one) => [one, (await ask(one)).statusCode]));
    expect(statuses.filter(([, status]) => status !== 403)).toEqual([]);
    expect((await window.queues.of("acme").observations.getWaiting()).map(({ id }) => id)).toEqual(["job-1"]);
    expect(await window.queues.of("acme").observations.isPaused()).toBe(false);
  });
});

describe("a write", () => {
  test.each([
    ["a program", {}],
    ["our own page", { "Sec-Fetch-Site": "same-origin" }],
    ["our own page behind a proxy", { Origin: "https://status.corp.test", Host: "127.0.0.1" }],
    ["a page that may use the API, with a token", { Origin: "https://wiki.corp.test", Authorization: "Bearer x" }],
  ])("of %s is none of another site's", async (_whose, headers) => {
    expect((await ask({ method: "DELETE", path: "/api/v1/dead-letters/one", headers })).statusCode).toBe(404);
  });
});

describe("a host name", () => {
  test.each([
    "localhost",
    "127.0.0.1:8080",
    "[::1]:8080",
    "status.corp.test",
    "STATUS.corp.test:443",
    "public.corp.test:8443",
    "10.0.0.7",
  ])("that is ours is answered: %s", async (Host) => {
    expect((await ask({ path: "/api/v1/providers", headers: { Host } })).statusCode).toBe(200);
  });

  test.each([
    "evil.test",
    "127.0.0.1.evil.test",
    "evil.test:8080",
    "corp.test",
    "1.2.3.4.5",
    "a b",
    "localhost.evil.test",
  ])("that is not is refused, because it may only pretend to be: %s", async (Host) => {
    expect((await ask({ path: "/api/v1/providers", headers: { Host } })).statusCode).toBe(403);
  });

  test("makes no difference to who looks after our health", async () => {
    expect((await ask({ path: "/readyz", headers: { Host: "10.1.2.3.probe" } })).statusCode).toBe(200);
  });
});

describe("a page of another origin", () => {
  test("that the configuration names may read the API, without a session", async () => {
    const { headers } = await ask({ path: "/api/v1/events", headers: { Origin: "https://wiki.corp.test" } });
    expect(headers).toMatchObject({
      "access-control-allow-origin": "https://wiki.corp.test",
      vary: "Origin, Accept-Encoding",
    });
    expect(headers).not.toHaveProperty("access-control-allow-credentials");
  });

  test("that it names may ask beforehand", async () => {
    const headers = { Origin: "https://wiki.corp.test", "Access-Control-Request-Method": "DELETE" };
    const answer = await ask({ method: "OPTIONS", path: "/api/v1/dead-letters/one", headers });
    expect([answer.statusCode, answer.headers["access-control-allow-headers"]]).toEqual([
      204,
      expect.stringContaining("Authorization"),
    ]);
  });

  test("that it does not name may not", async () => {
    const { headers } = await ask({ path: "/api/v1/events", headers: { Origin: "https://evil.test" } });
    expect(headers).not.toHaveProperty("access-control-allow-origin");
  });
});

describe("an answer", () => {
  test.each(["/", "/api/v1/events", "/queues", "/none", "/healthz"])(
    "can't be framed, sniffed or embedded: %s",
    async (path) => {
      const { headers } = await ask({ path });
      expect(headers).toMatchObject({
        "content-security-policy": expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
      });
      expect(headers).not.toHaveProperty("x-powered-by");
    },
  );
});

interface Asked {
  method?: string;
  path: string;
  headers?: Record<string, string>;
}

// `fetch` lets nobody choose Host, Origin or Sec-Fetch-Site.
async function ask({ method = "GET", path, headers = {} }: Asked): Promise<IncomingMessage> {
  const asking = request(`${window.url}${path}`, { method, headers });
  asking.end();
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  answer.resume();
  return answer;
}
