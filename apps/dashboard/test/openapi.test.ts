import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Validator } from "@seriousme/openapi-schema-validator";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
  window = await openTestWindow(server, ["acme"]);
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

async function document(): Promise<Document> {
  return (await window.json("/api/v1/openapi.json")) as Document;
}

function inPath({ parameters }: { parameters: { name: string; in: string }[] }): string[] {
  return parameters.filter((parameter) => parameter.in === "path").map(({ name }) => name);
}

function namesIn(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
}
