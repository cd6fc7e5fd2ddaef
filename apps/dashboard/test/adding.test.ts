import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, type LocalServer, serve, waitUntil } from "@statuswire/testing";
import { watching } from "../src/routes/watching.ts";
import { openTestWindow, type OpenWindow } from "./open-window.ts";

const commented = `# ours
providers:
  - openai # the important one
outbound: { allowPrivate: [127.0.0.1] }
`;

let server: FreshRedis;
let window: OpenWindow;
let vendor: LocalServer;
let folder: string;
let file: string;

beforeAll(async () => {
  server = await freshRedis();
  vendor = await serve((request, response) => {
    if (request.url === "/api/v2/summary.json") response.end(JSON.stringify(summary));
    else response.writeHead(404).end();
  });
});
afterAll(async () => {
  await vendor.close();
  await server.stop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "statuswire-test-"));
  file = join(folder, "statuswire.yaml");
  await writeFile(file, commented);
  window = await openTestWindow(server, [], { STATUSWIRE_CONFIG: file });
});
afterEach(async () => {
  await window.close();
  await rm(folder, { recursive: true });
});

describe("a detection", () => {
  test("tells each step, and at last how the page talks and what it lists", async () => {
    const steps = (await (await send("/detect", { url: vendor.url })).text()).trimEnd().split("\n");
    const [last, ...attempts] = steps.map((step) => JSON.parse(step) as Record<string, unknown>).reverse();
    expect(attempts.length).toBeGreaterThan(0);
    expect(attempts.every((step) => "attempt" in step)).toBe(true);
    expect(last).toMatchObject({
      found: {
        best: {
          format: "statuspage",
          sure: "strong",
          name: "Acme",
          components: [{ name: "API" }, { name: "Web" }],
        },
      },
    });
  });

  test("is logged as no change, nor is a look at what would be written; what is written is", async () => {
    await (await send("/detect", { url: vendor.url })).text();
    await send("/providers?save=false", { id: "github" });
    expect(window.told).not.toContain("window.changed");
    await send("/providers", { id: "github" });
    await waitUntil("the change to be logged", () => window.told.includes("window.changed"));
  });

  test("goes nowhere that the configuration does not let it go", async () => {
    await writeFile(file, commented.replace("127.0.0.1", "10.9.8.7").replace("openai", "discord"));
    await waitUntil("the new file to be in force", async () => (await watchedIds()).includes("discord"));
    const answer = await (await send("/detect", { url: vendor.url })).text();
    expect(answer).toContain("trouble");
    expect(answer).not.toContain('"best"');
  });

  test("is asked for ten times a minute at most", async () => {
    const statuses: number[] = [];
    for (let times = 0; times < 11; times++)
      statuses.push((await send("/detect", { url: "http://10.9.8.7" })).status);
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429]);
  });

  test.each([{ url: "file:///etc/passwd" }, { url: "acme" }, {}, { url: "https://a.test", more: 1 }])(
    "is not asked of %j",
    async (sent) => {
      expect((await send("/detect", sent)).status).toBe(400);
    },
  );
});

describe("a provider that is added", () => {
  test("is written into the file with every comment kept, and is watched", async () => {
    const sent = { name: "Acme", page: vendor.url, format: "statuspage", components: ["API"] };
    const answer = await send("/providers", sent);
    expect([answer.status, await answer.json()]).toMatchObject([200, { saved: true, isNew: true, file }]);
    expect(await readFile(file, "utf8")).toBe(
      commented.replace(
        "important one\n",
        `important one\n  - name: Acme\n    page: ${vendor.url}\n    format: statuspage\n    components:\n      - API\n`,
      ),
    );
    const { providers } = (await window.json("/api/v1/providers")) as { providers: { name: string }[] };
    expect(providers.map(({ name }) => name).sort()).toEqual(["Acme", "OpenAI"]);
  });

  test("is not added twice, and neither of two that come at once is lost", async () => {
    await Promise.all([send("/providers", { id: "discord" }), send("/providers", { id: "stripe" })]);
    expect(await (await send("/providers", { id: "discord" })).json()).toMatchObject({
      saved: true,
      isNew: false,
    });
    const text = await readFile(file, "utf8");
    expect(text.match(/- (discord|stripe)$/gm)?.sort()).toEqual(["- discord", "- stripe"]);
  });

  test("is shown before it is saved, if that is asked for", async () => {
    const answer = await send("/providers?save=false", { id: "discord" });
    expect(await answer.json()).toMatchObject({ saved: false, yaml: "providers:\n  - discord\n" });
    expect(await readFile(file, "utf8")).toBe(commented);
  });

  test.each([
    [{ page: "http://10.0.0.1" }, "allowPrivate"],
    [{ id: "no-such-service" }, "no-such-service"],
    [{ page: "https://acme.test", format: "nonsense" }, "nonsense"],
  ])("is refused with what is wrong with it: %j", async (sent, what) => {
    const answer = await send("/providers", sent);
    const { title, detail } = (await answer.json()) as { title: string; detail: string };
    expect([answer.status, title, detail]).toEqual([422, "bad_provider", expect.stringContaining(what)]);
    expect(await readFile(file, "utf8")).toBe(commented);
  });

  test("is something to copy where the file can't be written", async () => {
    // Whoever runs tests may be root, who can write everywhere.
    const refusal = Object.assign(new Error("read-only file system"), {
      code: "EROFS",
      path: "/etc/statuswire.yaml",
    });
    const [add] = watching({ editConfig: () => Promise.reject(refusal) });
    expect(await add?.perform({}, { id: "discord" })).toMatchObject({
      ...{ saved: false, file: "/etc/statuswire.yaml", yaml: "providers:\n  - discord\n" },
      reason: expect.stringContaining("can't be written"),
    });
  });
});

const at = "2025-11-03T14:32:00.000Z";
const summary = {
  page: { id: "abcdefghijkl", name: "Acme", url: "https://status.acme.test", updated_at: at },
  status: { indicator: "none", description: "All Systems Operational" },
  components: ["API", "Web"].map((name) => ({
    id: name,
    name,
    status: "operational",
    updated_at: at,
    created_at: at,
  })),
  ...{ incidents: [], scheduled_maintenances: [] },
};

async function watchedIds(): Promise<string[]> {
  const { providers } = (await window.json("/api/v1/providers")) as { providers: { id: string }[] };
  return providers.map(({ id }) => id);
}

function send(path: string, body: object): Promise<Response> {
  const headers = { "Content-Type": "application/json" };
  return fetch(`${window.url}/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}
