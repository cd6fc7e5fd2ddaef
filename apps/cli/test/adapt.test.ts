import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { run } from "./run.ts";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "statuswire-adapt-"));
  file = join(folder, "payload.json");
  await writeFile(file, JSON.stringify(mission));
});
afterEach(() => rm(folder, { recursive: true }));

const mission = {
  page: { name: "OpenAI" },
  component: { name: "API" },
  incident: { name: "Test", body: "Slow." },
};

describe("statuswire adapt", () => {
  test("prints the snapshot that a payload becomes", async () => {
    const { out, exitCode } = await run(["adapt", "--format", "envelope", "--at", "2026-03-01T10:00:00Z", file]);
    expect(JSON.parse(out)).toMatchObject({
      incidents: [{ product: "OpenAI API", updatedAt: "2026-03-01T10:00:00.000Z" }],
    });
    expect(exitCode).toBe(0);
  });

  test("names the formats when there is none of that name", async () => {
    const { out, err, exitCode } = await run(["adapt", "--format", "morse", file]);
    expect([out, exitCode]).toEqual(["", 1]);
    expect(err).toContain('no format called "morse"');
    expect(err).toMatch(/apple, .*statuspage/);
  });

  test("says what is wrong with a payload of another format", async () => {
    const { err, exitCode } = await run(["adapt", "--format", "apple", file]);
    expect([err.startsWith("statuswire: "), exitCode]).toEqual([true, 1]);
  });

  test("says what a time is like", async () => {
    const { err, exitCode } = await run(["adapt", "--format", "envelope", "--at", "noon", file]);
    expect([err.includes("ISO 8601"), exitCode]).toEqual([true, 1]);
  });
});
