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
      expect((await window.get(path)).headers.get("content-type")).toContain("text/html");
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

  test("is not served for a page that there is not", async () => {
    expect((await window.get("/settings")).status).toBe(404);
  });
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
