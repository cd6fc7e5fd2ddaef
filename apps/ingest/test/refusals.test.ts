import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { type Door, openDoor } from "./door.ts";

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterEach(async () => expect(await door.queued()).toEqual([]));
afterAll(() => door.close());

const mib = 1024 * 1024;

describe("a body that can't be accepted", () => {
  test.each([
    ["not JSON", "{\n  'a': 1\n}", "line 2, column 3"],
    ["cut short", '{"a": [1,', "line 1, column"],
    ["followed by something", '{"a":1} x', "line 1, column 9"],
    ["empty", "", "it is empty"],
    ["blank", " \n ", "it is empty"],
    ["a form", "payload=%7B%7D", "line 1, column 1"],
    ["NaN", '{"a":NaN}', "line 1, column 6"],
  ])("because it is %s is answered 400, and where it fails", async (_what, body, where) => {
    const response = await door.post("openai", body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ title: "not_json", detail: expect.stringContaining(where) });
  });

  test.each([
    ["invalid UTF-8", Buffer.from([0x22, 0xff, 0xfe, 0x22]), "not_utf8"],
    ["overlong UTF-8", Buffer.from([0x22, 0xc0, 0xaf, 0x22]), "not_utf8"],
    ["UTF-16", Buffer.from('{"a":1}', "utf16le"), "not_json"],
    ["nested too deep", `${"[".repeat(65)}${"]".repeat(65)}`, "too_deep"],
    ["nested absurdly deep", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "too_deep"],
    ["absurdly deep and cut short", `${'{"a":'.repeat(100_000)}`, "too_deep"],
  ])("because it is %s is answered 400", async (_what, body, title) => {
    const response = await door.post("openai", body);
    expect([response.status, await response.json()]).toMatchObject([400, { title }]);
  });

  test.each([
    ["over 1 MiB", () => door.post("openai", text(mib + 1))],
    [
      "over 1 MiB once unpacked",
      () => door.post("openai", gzipSync(text(50 * mib)), { "content-encoding": "gzip" }),
    ],
  ])("because it is %s is answered 413", async (_what, send) => {
    expect((await send()).status).toBe(413);
  });

  test.each([
    ["packed in a way that we don't know", { "content-encoding": "rot13" }, 415],
    ["not packed as it says", { "content-encoding": "gzip" }, 400],
  ])("because it is %s is answered with a 4xx", async (_what, headers, status) => {
    expect((await door.post("openai", "{}", headers)).status).toBe(status);
  });
});

describe("an address that can't be", () => {
  test.each(["a%20b", "..%2F..%2Fetc", "-", "x".repeat(65), "%ff", "a:b"])(
    "/webhooks/%s is refused",
    async (name) => {
      const response = await door.post(name, "{}");
      expect([400, 404]).toContain(response.status);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
    },
  );
});

// Digits in a string of exactly so many bytes.
function text(bytes: number): string {
  return `"${"7".repeat(bytes - 2)}"`;
}
