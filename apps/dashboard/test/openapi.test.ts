import { once } from "node:events";
import { get as httpGet, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Validator } from "@seriousme/openapi-schema-validator";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { component, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
  window = await openTestWindow(server, ["acme"]);
  const at = "2025-11-03T14:32:00.000Z";
  await window.tell("acme", { at, components: [component("API", "major_outage", at)] });
});
afterAll(async () => {
  await window.close();
  await server.stop();
});

interface Document {
  components: { schemas: Record<string, object> };
  paths: Record<string, Record<string, { operationId: string; parameters: { name: string; in: string }[] }>>;
}

describe("the OpenAPI document", () => {
  test("is a valid one of version 3.1", async () => {
    const validator = new Validator();
    const specification = (await window.json("/api/v1/openapi.json")) as Parameters<Validator["validate"]>[0];
    const { valid, errors } = await validator.validate(specification);
    expect([valid, errors, validator.version]).toEqual([true, undefined, "3.1"]);
  });

  test("has nothing that a public linter finds", async () => {
    const source = JSON.stringify(await document());
    const config = await createConfig({ extends: ["recommended"] });
    const findings = await lintFromString({ source, config });
    expect(findings.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  });

  test("names each operation once, and every parameter of its path", async () => {
    const operations = Object.entries((await document()).paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, ...operation })),
    );
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(operations.filter((operation) => inPath(operation).join() !== namesIn(operation.path).join())).toEqual(
      [],
    );
  });

  test("gives what it speaks of names, for the clients that are generated from it", async () => {
    const { components, paths } = await document();
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining(["Event", "Incident", "Problem"]));
    const references = [
      ...JSON.stringify([components, paths]).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g),
    ];
    expect(references.map(([, name = ""]) => name).filter((name) => !(name in components.schemas))).toEqual([]);
    expect(JSON.stringify([components, paths])).not.toContain("$defs");
  });

  test("describes the stream and the filters that it takes", async () => {
    const stream = (await document()).paths["/api/v1/stream"]?.["get"];
    expect(stream?.parameters.map(({ name }) => name)).toEqual(["provider", "type", "incident", "q", "after"]);
  });
});

describe("the page for people", () => {
  test("tells of every operation and schema, and runs nothing", async () => {
    const answer = await window.get("/api/v1/docs");
    const html = await answer.text();
    const { paths, components } = await document();
    expect(Object.keys(paths).filter((path) => !html.includes(` ${path}</code>`))).toEqual([]);
    expect(Object.keys(components.schemas).filter((name) => !html.includes(`id="schema-${name}"`))).toEqual([]);
    expect(answer.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect(html).not.toMatch(/https?:\/\/(?!127)|style=/);
  });
});

describe("every read that is described", () => {
  test("has an ETag, and costs no body when nothing has changed", async () => {
    const reads = Object.entries((await document()).paths)
      .filter(([path, methods]) => "get" in methods && !/\{|stream|catalog|search/.test(path))
      .map(([path]) => path);
    const answers = await Promise.all(
      [...reads, "/api/v1/catalog?q=openai", "/api/v1/incidents/search?q=delays"].map(revisited),
    );
    expect(answers.filter(({ status }) => status !== 304)).toEqual([]);
  });
});

describe("the JSON Schema of an event", () => {
  test("is one, and the one that the log keeps to", async () => {
    const schema = (await window.json("/api/v1/event.schema.json")) as { required: string[]; properties: object };
    const { events } = (await window.json("/api/v1/events")) as { events: object[] };
    expect(events.length).toBeGreaterThan(0);
    expect(events.flatMap((event) => schema.required.filter((name) => !(name in event)))).toEqual([]);
    expect(events.flatMap((event) => Object.keys(event).filter((name) => !(name in schema.properties)))).toEqual(
      [],
    );
  });
});

/** What is answered to who has the answer already. */
async function revisited(path: string): Promise<{ path: string; status: number | undefined }> {
  const etag = (await window.get(path)).headers.get("etag") ?? "none";
  // `fetch` adds a Cache-Control that asks for the whole answer.
  const request = httpGet(`${window.url}${path}`, { headers: { "If-None-Match": etag } });
  const [{ statusCode }] = (await once(request, "response")) as [IncomingMessage];
  return { path, status: statusCode };
}

async function document(): Promise<Document> {
  return (await window.json("/api/v1/openapi.json")) as Document;
}

function inPath({ parameters }: { parameters: { name: string; in: string }[] }): string[] {
  return parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}
