import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { PayloadError, RetryLaterError } from "@statuswire/status";
import express, { type ErrorRequestHandler } from "express";
import { HttpError, listen, type Listening, notFound, problems } from "../src/index.ts";

let server: Listening;
let told: unknown[][];

beforeEach(async () => {
  told = [];
  const app = express();
  app.use(express.json({ limit: 10 }));
  app.get("/throws/:what", ({ params }) => {
    throw errors[params.what] ?? new Error("unknown");
  });
  app.post("/", (_req, res) => void res.json({}));
  app.use(
    notFound,
    problems((...happening) => void told.push(happening)),
  );
  server = await listen(app, { host: "127.0.0.1", port: 0, variable: "PORT" });
});
afterEach(() => server.close());

const errors: Record<string, unknown> = {
  http: new HttpError(418, "teapot", { detail: "Short and stout." }),
  busy: new HttpError(503, "unavailable", { detail: "Redis is not answering.", retryAfterSeconds: 5 }),
  later: new RetryLaterError("Asked to wait.", { delayMs: 1500 }),
  payload: new PayloadError("The payload is not JSON."),
  ours: new Error("password=hunter2"),
  string: "hunter2",
};

describe("a request that fails", () => {
  test.each([
    [
      "an error that says its status",
      "/throws/http",
      { title: "teapot", status: 418, detail: "Short and stout." },
    ],
    [
      "a payload that can't be read",
      "/throws/payload",
      { title: "bad_request", status: 400, detail: "The payload is not JSON." },
    ],
    [
      "an address that there is not",
      "/nowhere",
      { title: "not_found", status: 404, detail: "There is nothing to GET at this address." },
    ],
    ["an address that is no text", "/throws/%ff", { status: 400 }],
  ])("of %s is answered with a problem in JSON", async (_what, path, problem) => {
    const response = await fetch(server.url + path);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.json()).toMatchObject(problem);
    expect(response.status).toBe(problem.status);
  });

  test.each([
    ["/throws/busy", "5"],
    ["/throws/later", "2"],
  ])("for a while (%s) says when to come again", async (path, seconds) => {
    const response = await fetch(server.url + path);
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, seconds]);
  });

  test.each(["ours", "string"])("by our own fault (%s) is told to us and hidden from the world", async (what) => {
    const response = await fetch(`${server.url}/throws/${what}`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("hunter2");
    expect(told).toMatchObject([["request.failed", { method: "GET" }]]);
  });

  test("by its own fault is not told: it would fill the log", async () => {
    await fetch(`${server.url}/nowhere`);
    expect(told).toEqual([]);
  });

  test("in a body parser keeps the parser's status", async () => {
    const response = await fetch(server.url, {
      method: "POST",
      body: '{"more":"than ten bytes"}',
      headers: { "content-type": "application/json" },
    });
    expect(await response.json()).toMatchObject({ title: "entity.too.large", status: 413 });
  });
});

describe("a failure after the answer has begun", () => {
  test("is left to Express, which cuts the line", () => {
    const passed: unknown[] = [];
    const handler: ErrorRequestHandler = problems(() => undefined);
    const begun = { headersSent: true } as express.Response; // All that the handler looks at first.
    handler(errors["ours"], {} as express.Request, begun, (error) => passed.push(error));
    expect(passed).toEqual([errors["ours"]]);
  });
});
