import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { deadLetter, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  window = await openTestWindow(server);
  await window.queues["dead-letters"].add(letter.error, letter, { jobId: "grave" });
});
afterEach(() => window.close());

describe("a dead letter", () => {
  test("is listed without its payload and shown with it", async () => {
    const list = await window.json("/api/v1/dead-letters");
    expect(list).toMatchObject({ total: 1, deadLetters: [{ id: "grave", reason: "The sink said no." }] });
    expect(JSON.stringify(list)).not.toContain("evt_1");
    expect(await window.json("/api/v1/dead-letters/grave")).toMatchObject({ data: letter.data });
  });

  test("that is redriven is back on its queue", async () => {
    const answer = await write("POST", "/grave/redrive");
    const { jobId } = (await answer.json()) as { jobId: string };
    expect((await window.queues.deliveries.getJob(jobId))?.data).toEqual(letter.data);
    expect(await window.json("/api/v1/dead-letters")).toMatchObject({ total: 0 });
  });

  test("is redriven with the others of its sink", async () => {
    const other = deadLetter({ sink: "team" });
    await window.queues["dead-letters"].add(letter.error, other, { jobId: "other" });
    const answer = await write("POST", "/redrive?sink=slack");
    expect(await answer.json()).toEqual({
      redriven: [{ queue: "deliveries", jobId: expect.stringMatching(/^grave-redriven-\d+$/) }],
    });
    expect(await window.json("/api/v1/dead-letters")).toMatchObject({ total: 1 });
  });

  test("that is dropped is gone", async () => {
    expect((await write("DELETE", "/grave")).status).toBe(200);
    expect((await write("DELETE", "/grave")).status).toBe(404);
  });

  test.each([
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { Origin: "https://evil.test" },
    { Origin: "null" },
  ])("is not touched for another site's page that sends %j", async (headers) => {
    expect((await write("POST", "/grave/redrive", headers)).status).toBe(403);
    expect((await write("DELETE", "/grave", headers)).status).toBe(403);
    expect(await window.json("/api/v1/dead-letters")).toMatchObject({ total: 1 });
  });

  test("is redriven for our own page", async () => {
    const headers = { Origin: window.url, "Sec-Fetch-Site": "same-origin" };
    expect((await write("POST", "/grave/redrive", headers)).status).toBe(200);
  });
});

const letter = deadLetter();

function write(method: string, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${window.url}/api/v1/dead-letters${path}`, { method, headers });
}
