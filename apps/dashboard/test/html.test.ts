import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { component, incident, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  window = await openTestWindow(server, ["acme"]);
});
afterEach(() => window.close());

describe("the page's HTML", () => {
  test("says how things are without a script", async () => {
    await outage("Trouble");
    const html = await text("/");
    expect(html).toContain("<h1>Problems in 1 of 1 service</h1>");
    expect(html).toContain("✕ Major Outage");
    expect(html).toContain("Status: We are looking into it.");
  });

  test("carries vendors' words so that none of them ends a script or begins one", async () => {
    await outage("</script><script>alert(1)</script><!--");
    expect(await text("/")).not.toMatch(/<script>alert|<!--/);
  });

  test("lets nothing run but our own files", async () => {
    const policy = (await window.get("/")).headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toContain("unsafe");
  });

  test.each(["/events", "/deliveries", "/providers/acme", "/incidents/acme:one"])(
    "stands behind %s too, which may be a bookmark",
    async (path) => {
      await outage("Trouble");
      const answer = await window.get(path);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    },
  );

  test("comes packed to whoever can unpack it, and the live stream never", async () => {
    const gzip = { "accept-encoding": "gzip" };
    const packing = async (path: string) => {
      const answer = await window.get(path, gzip);
      await answer.body?.cancel();
      return answer.headers.get("content-encoding");
    };
    expect(await Promise.all(["/", "/api/v1/openapi.json", "/api/v1/stream"].map(packing))).toEqual([
      "gzip",
      "gzip",
      null,
    ]);
  });

  test("for an unknown path says so to a browser, with a way back, and to a program as a problem", async () => {
    const answer = await window.get("/settings<x>", { accept: "text/html,application/xhtml+xml,*/*;q=0.8" });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    const html = await answer.text();
    expect(html).toContain('<a href="/">Back to the services</a>');
    expect(html).not.toContain("<x>");
    for (const [path, headers] of [["/settings"], ["/api/v1/settings", { accept: "text/html" }]] as const)
      expect((await window.get(path, headers)).headers.get("content-type")).toContain("application/problem+json");
  });

  test.each([
    "/providers/nope",
    "/incidents/no:pe",
    "/incidents/acme:two",
    "/maintenances/acme:works",
    "/events/1",
  ])("says of %s, which there is not, that it is not there, with a way back", async (path) => {
    const answer = await window.get(path, { accept: "text/html" });
    expect(answer.status).toBe(404);
    const html = await answer.text();
    expect(html).toContain("<h1>Page not found</h1>");
    expect(html).toContain('<a href="/">Back to the services</a>');
    expect((await window.get(path)).headers.get("content-type")).toContain("application/problem+json");
  });

  test.each(["/providers", "/incidents", "/maintenances"])(
    "is one click away from %s, which lists nothing",
    async (path) => {
      const answer = await fetch(`${window.url}${path}`, { redirect: "manual" });
      expect([answer.status, answer.headers.get("location")]).toEqual([302, "/"]);
    },
  );
});

async function outage(title: string): Promise<void> {
  await window.tell("acme", { at: at(0), components: [component("API", "operational", at(0))] });
  await window.tell("acme", {
    at: at(1),
    components: [component("API", "major_outage", at(1))],
    incidents: [incident("one", at(1), { title, impact: "critical" })],
  });
}

async function text(path: string): Promise<string> {
  return (await window.get(path)).text();
}

function at(minute: number): string {
  return new Date(Date.UTC(2025, 10, 3, 14, minute)).toISOString();
}
