import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import openapiTS, { astToString } from "openapi-typescript";
import { Statuspage } from "statuspage.io";
import { component, incident, openTestWindow, type OpenWindow } from "./open-window.ts";

// Inside this room, so that what is compiled there finds its packages.
const folder = fileURLToPath(new URL(`../dist/client-test-${process.pid}/`, import.meta.url));

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
  window = await openTestWindow(server, ["acme"]);
  await window.tell("acme", { at: at(0), components: [component("API", "operational", at(0))] });
  await window.tell("acme", {
    at: at(1),
    components: [component("API", "partial_outage", at(1))],
    incidents: [incident("one", at(1))],
  });
  await mkdir(folder, { recursive: true });
});
afterAll(async () => {
  await window.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("a client that is generated from the OpenAPI document", () => {
  test("compiles strictly, reads and is refused with what the types promise", async () => {
    const types = astToString(await openapiTS(JSON.stringify(await window.json("/api/v1/openapi.json"))));
    await writeFile(join(folder, "api.ts"), types);
    await writeFile(join(folder, "client.ts"), client);
    await compile();
    const { ask } = (await import(pathToFileURL(join(folder, "client.js")).href)) as {
      ask(url: string): Promise<unknown>;
    };
    expect(await ask(window.url)).toEqual({
      titles: ["Trouble one"],
      types: ["incident.opened"],
      refusal: "not_found",
    });
  }, 60_000);
});

describe("a public Statuspage client", () => {
  test("reads the whole board", async () => {
    const statuspage = new Statuspage("any");
    statuspage.setApiUrl(window.url);
    const { api } = statuspage;
    expect(await api.getStatus()).toMatchObject({ status: { indicator: "major" } });
    expect(await api.getComponents()).toMatchObject({ components: [{ id: "acme", status: "partial_outage" }] });
    expect(await api.getSummary()).toMatchObject({ incidents: [{ name: "ACME: Trouble one" }] });
    expect(await api.incidents.getUnresolved()).toMatchObject({
      incidents: [{ id: "acme:one", impact: "major" }],
    });
    expect(await api.scheduledMaintenances.getUpcoming()).toMatchObject({ scheduled_maintenances: [] });
  });
});

const client = `
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

export async function ask(baseUrl: string) {
  const api = createClient<paths>({ baseUrl });
  const { data } = await api.GET("/api/v1/incidents", { params: { query: { state: "open", limit: 5 } } });
  const titles: string[] | undefined = data?.incidents.map(({ title }) => title);
  const log = await api.GET("/api/v1/events", { params: { query: { type: "incident" } } });
  const types = log.data?.events.map(({ type }) => type);
  const { error } = await api.POST("/api/v1/dead-letters/{id}/redrive", { params: { path: { id: "none" } } });
  // @ts-expect-error The document knows no such state.
  void (() => api.GET("/api/v1/incidents", { params: { query: { state: "opened" } } }));
  return { titles, types, refusal: error?.title };
}
`;

async function compile(): Promise<void> {
  const tsc = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");
  const options = ["--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck", "--types", "node"];
  const run = promisify(execFile)(process.execPath, [tsc, ...options, join(folder, "client.ts")]);
  await run.catch((error: unknown) => {
    throw new Error((error as { stdout: string }).stdout);
  });
}

function at(minute: number): string {
  return new Date(Date.UTC(2025, 10, 3, 14, minute)).toISOString();
}
