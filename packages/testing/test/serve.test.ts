import { describe, expect, test } from "@jest/globals";
import { serve } from "../src/index.ts";

describe("a local server", () => {
  test("answers at its url with what the handler says", async () => {
    const server = await serve((request, response) => void response.end(`you asked for ${request.url}`));
    const response = await fetch(`${server.url}/status`);
    await expect(response.text()).resolves.toBe("you asked for /status");
    await server.close();
  });

  test("answers 500 when the handler throws", async () => {
    const server = await serve(() => Promise.reject(new Error("boom")));
    const response = await fetch(server.url);
    expect({ status: response.status, body: await response.text() }).toEqual({ status: 500, body: "Error: boom" });
    await server.close();
  });

  test("closes though a request hangs", async () => {
    let arrived: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const server = await serve(() => arrived());
    const hanging = fetch(server.url);
    await arrival;
    await server.close();
    await expect(hanging).rejects.toThrow();
  });
});
