import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "@jest/globals";
import { serve } from "@statuswire/testing";
import express from "express";
import { listen, listenNear } from "../src/index.ts";

const closing: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe("listening", () => {
  test("on a port that is taken names the variable to change", async () => {
    const port = await taken();
    const listening = listen(express(), { host: "127.0.0.1", port, variable: "INGEST_PORT" });
    await expect(listening).rejects.toThrow(`Port ${port} is taken. Set INGEST_PORT to a free one`);
  });

  test("on a host that is not ours says so", async () => {
    const listening = listen(express(), { host: "192.0.2.1", port: 0, variable: "INGEST_PORT" });
    await expect(listening).rejects.toThrow("Cannot listen on 192.0.2.1");
  });

  test("near a port that is taken counts up to a free one", async () => {
    const port = await taken();
    const near = await listenNear(express(), { host: "127.0.0.1", port, variable: "WORKER_PORT" });
    closing.push(near.close);
    expect(near.port).toBeGreaterThan(port);
  });

  test("near ports that are all taken names the variable", async () => {
    const port = await taken();
    const near = listenNear(express(), { host: "127.0.0.1", port, variable: "WORKER_PORT" }, 1);
    await expect(near).rejects.toThrow("WORKER_PORT");
  });
});

describe("a server that closes", () => {
  test("lets a request finish that is under way, on a connection that is kept alive", async () => {
    const { listening, entered, finish } = await slow();
    const agent = new Agent({ keepAlive: true });
    closing.push(() => agent.destroy());
    const response = once(get(listening.url, { agent }), "response") as Promise<[IncomingMessage]>;
    await entered;
    const closed = listening.close();
    finish();
    expect((await response)[0].resume().statusCode).toBe(200);
    await closed;
  });

  test("does not wait for a connection on which nothing was asked", async () => {
    const { listening } = await slow();
    const silent = connect(listening.port, "127.0.0.1");
    silent.on("error", () => undefined);
    closing.push(() => void silent.destroy());
    await once(silent, "connect");
    await listening.close();
  });
});

async function taken(): Promise<number> {
  const server = await serve((_request, response) => void response.end());
  closing.push(() => server.close());
  return server.port;
}

/** A server whose only request takes until `finish`. */
async function slow() {
  const app = express();
  let finish: () => void = () => undefined;
  const entered = new Promise<void>((resolve) => {
    app.get("/", (_req, res) => {
      finish = () => void res.json({});
      resolve();
    });
  });
  const listening = await listen(app, { host: "127.0.0.1", port: 0, variable: "INGEST_PORT" });
  return { listening, entered, finish: () => finish() };
}
