import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { openTestWindow, type OpenWindow } from "./open-window.ts";

const password = "correct horse battery";
const readToken = "read-0123456789abcdef0123";
const writeToken = "write-0123456789abcdef012";
const env = {
  DASHBOARD_PASSWORD: password,
  DASHBOARD_READ_TOKENS: readToken,
  DASHBOARD_WRITE_TOKENS: writeToken,
  DASHBOARD_TRUSTED_PROXIES: "1",
};

let server: FreshRedis;
let window: OpenWindow;
let visitors = 0;

beforeAll(async () => {
  server = await freshRedis();
  window = await openTestWindow(server, ["acme"], env);
});
afterAll(async () => {
  await window.close();
  await server.stop();
});

describe("a stranger", () => {
  test("is shown nothing that the API describes", async () => {
    const answers = await Promise.all((await described()).map(({ method, path }) => ask(method, path)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  });

  test.each(["/metrics", "/queues/api/queues", "/queues/api/redis/stats", "/api/v1/stream", "/api/none", "/none"])(
    "is answered 401 at %s",
    async (path) => {
      const answer = await ask("GET", path);
      expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="Statuswire"');
      expect([answer.status, await answer.json()]).toMatchObject([401, { title: "unauthorized", status: 401 }]);
    },
  );

  test.each(["/", "/events?q=login", "/deliveries", "/providers/acme", "/incidents/acme:one", "/queues"])(
    "is led from %s to the login, and would come back",
    async (path) => {
      const { status, headers } = await ask("GET", path, { Accept: "text/html" });
      expect([status, headers.get("location")]).toEqual([303, `/login?next=${encodeURIComponent(path)}`]);
    },
  );

  test.each(["POST", "PUT", "PATCH", "DELETE"])("changes nothing by %s", async (method) => {
    for (const path of ["/queues/api/queues/observations/add", "/api/v1/dead-letters/one", "/"])
      expect((await ask(method, path)).status).toBe(401);
  });

  test.each(["/healthz", "/readyz", "/favicon.svg", "/login"])("may see %s", async (path) => {
    expect((await ask("GET", path)).status).toBe(200);
  });

  test.each([
    "Bearer wrong",
    `Bearer ${password}`,
    "Basic !",
    `Token ${readToken}`,
    `Bearer ${readToken}x`,
    "Bearer",
  ])("is none the better for sending “%s”", async (Authorization) => {
    expect((await ask("GET", "/api/v1/providers", { Authorization })).status).toBe(401);
  });

  test("with a feed reader is asked for a user and a password", async () => {
    const { headers } = await ask("GET", "/api/v1/events.atom");
    expect(headers.get("www-authenticate")).toContain("Basic");
  });

  test("who comes by a link from elsewhere comes back with the cookie that browsers held back", async () => {
    const headers = { Accept: "text/html", "Sec-Fetch-Site": "cross-site" };
    const answer = await ask("GET", '/events?q="><script>&type=incident', headers);
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringMatching(/content="0;url=\/events\?[^"<>]*&#38;type=incident">$/),
    ]);
    // A sandboxed page does not move by itself.
    expect(answer.headers.get("content-security-policy")).not.toContain("sandbox");
    const away = await ask("GET", "//evil.test/", headers);
    expect(await away.text()).toContain('content="0;url=/"');
  });
});

describe("a token", () => {
  test.each([
    ["a bearer", `Bearer ${readToken}`],
    ["a password that a feed reader sends", `Basic ${Buffer.from(`reader:${readToken}`).toString("base64")}`],
  ])("reads, as %s", async (_how, Authorization) => {
    for (const path of ["/api/v1/providers", "/metrics", "/api/v2/summary.json", "/"])
      expect((await ask("GET", path, { Authorization })).status).toBe(200);
  });

  test("to read changes nothing", async () => {
    const Authorization = `Bearer ${readToken}`;
    const answer = await ask("DELETE", "/api/v1/dead-letters/one", { Authorization });
    expect([answer.status, await answer.json()]).toMatchObject([403, { title: "read_only" }]);
    expect((await ask("PUT", "/queues/api/queues/observations/pause", { Authorization })).status).toBe(403);
  });

  test("to write changes what is there", async () => {
    const Authorization = `Bearer ${writeToken}`;
    expect((await ask("DELETE", "/api/v1/dead-letters/one", { Authorization })).status).toBe(404);
  });

  test("in the address is no token: it would stand in logs and histories", async () => {
    expect((await ask("GET", `/api/v1/events.atom?token=${readToken}`)).status).toBe(401);
  });
});

describe("who logs in", () => {
  test("with the password may see and change everything", async () => {
    const Cookie = await logIn(password);
    expect((await ask("GET", "/", { Cookie, Accept: "text/html" })).status).toBe(200);
    expect((await ask("DELETE", "/api/v1/dead-letters/one", { Cookie })).status).toBe(404);
  });

  test("with a token may do what the token may", async () => {
    const Cookie = await logIn(readToken);
    expect((await ask("GET", "/api/v1/providers", { Cookie })).status).toBe(200);
    expect((await ask("DELETE", "/api/v1/dead-letters/one", { Cookie })).status).toBe(403);
  });

  test("gets a cookie that no script reads and no other site sends", async () => {
    const { headers } = await tryWith(password);
    expect(headers.get("set-cookie")).toMatch(/^statuswire=.*; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/);
  });

  test("behind TLS gets one that never leaves it", async () => {
    const { headers } = await tryWith(password, { "X-Forwarded-Proto": "https" });
    expect(headers.get("set-cookie")).toMatch(/^__Host-statuswire=.*; HttpOnly; Secure; SameSite=Strict$/);
  });

  test("is known to another dashboard, and after a restart", async () => {
    const Cookie = await logIn(password);
    expect(await statusElsewhere(Cookie, env)).toBe(200);
  });

  test("is not known any more once the password is another one", async () => {
    const Cookie = await logIn(password);
    expect(await statusElsewhere(Cookie, { ...env, DASHBOARD_PASSWORD: "another horse altogether" })).toBe(401);
  });

  test("and out again is nobody, though they kept the cookie", async () => {
    const Cookie = await logIn(password);
    const { status, headers } = await ask("POST", "/logout", { Cookie });
    expect([status, headers.get("location")]).toEqual([303, "/login"]);
    expect((await ask("GET", "/api/v1/providers", { Cookie })).status).toBe(401);
  });

  test("with a cookie of their own making is nobody", async () => {
    const [content = "", signature = ""] = (await logIn(readToken)).replace("statuswire=", "").split(".");
    const forged = [`${content}.`, `${content}.AAAA`, `AAAA.${signature}`, `.${signature}`, "."];
    for (const text of forged)
      expect((await ask("GET", "/api/v1/providers", { Cookie: `statuswire=${text}` })).status).toBe(401);
  });

  test.each([
    ["/events?q=login", "/events?q=login"],
    ["//evil.test/", "/"],
    ["/\\evil.test", "/"],
    ["https://evil.test", "/"],
    ["/\t/evil.test", "/"],
    ["/.//evil.test", "/"],
  ])("and wanted %j is led to %s", async (next, location) => {
    expect((await tryWith(password, {}, next)).headers.get("location")).toBe(location);
  });

  test("in vain is told so, and after five tries to wait, however right the sixth is", async () => {
    const statuses: number[] = [];
    const headers = { "X-Forwarded-For": "192.0.2.1" };
    for (let tries = 0; tries < 5; tries++) statuses.push((await tryWith("wrong", headers)).status);
    const sixth = await tryWith(password, headers);
    expect([...statuses, sixth.status]).toEqual([401, 401, 401, 401, 401, 429]);
    expect(Number(sixth.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await tryWith(password)).status).toBe(303);
  });
});

/** Everything in the API's own description. */
async function described(): Promise<{ method: string; path: string }[]> {
  const answer = await ask("GET", "/api/v1/openapi.json", { Authorization: `Bearer ${readToken}` });
  const { paths } = (await answer.json()) as { paths: Record<string, object> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, "one"),
    })),
  );
}

/** What another dashboard on the same Redis answers to a session of ours. */
async function statusElsewhere(Cookie: string, its: NodeJS.ProcessEnv): Promise<number> {
  const other = await openTestWindow(server, [], its);
  try {
    return (await other.get("/api/v1/providers", { Cookie })).status;
  } finally {
    await other.close();
  }
}

async function logIn(secret: string): Promise<string> {
  const { headers } = await tryWith(secret);
  return headers.get("set-cookie")?.split(";")[0] ?? "";
}

/** Each time from another address, unless the headers say which. */
function tryWith(secret: string, headers: Record<string, string> = {}, next = "/"): Promise<Response> {
  visitors++;
  return fetch(`${window.url}/login`, {
    ...{
      method: "POST",
      redirect: "manual",
      headers: { "X-Forwarded-For": `198.51.100.${visitors}`, ...headers },
    },
    body: new URLSearchParams({ secret, next }),
  });
}

function ask(method: string, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${window.url}${path}`, { method, headers, redirect: "manual" });
}
