import { afterEach, describe, expect, test } from "@jest/globals";
import { type Door, openDoor } from "./door.ts";

let door: Door;

afterEach(() => door.close());

describe("a body of exactly 1 MiB", () => {
  test("is accepted", async () => {
    door = await openDoor();
    expect((await door.post("openai", `"${"7".repeat(1024 * 1024 - 2)}"`)).status).toBe(202);
  });
});

describe("more webhooks at once than may be in flight", () => {
  test("are asked to come again", async () => {
    door = await openDoor({ INGEST_MAX_IN_FLIGHT: "1" });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => door.post("openai", String(index))),
    );
    const accepted = answers.filter(({ status }) => status === 202);
    const refused = answers.filter(({ status, headers }) => status === 503 && headers.has("retry-after"));
    expect(accepted.length + refused.length).toBe(50);
    expect(await door.queued()).toHaveLength(accepted.length);
  });
});
