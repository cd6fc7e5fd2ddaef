import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  window = await openTestWindow(server, [], { DASHBOARD_RATE_PER_ADDRESS: "2", DASHBOARD_TRUSTED_PROXIES: "1" });
});
afterEach(() => window.close());

describe("the API", () => {
  test("says when to come again to who asks too often, and answers others", async () => {
    const from = (address: string) => window.get("/api/v1/providers", { "X-Forwarded-For": address });
    const answers = [await from("192.0.2.1"), await from("192.0.2.1"), await from("192.0.2.1")];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(Number(answers[2]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await answers[2]?.json()).toMatchObject({ title: "too_many_requests", status: 429 });
    expect((await from("192.0.2.2")).status).toBe(200);
  });
});
