import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readConfig } from "../src/config.ts";

const password = "correct horse battery";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "statuswire-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a dashboard that others than this machine reach", () => {
  test.each(["0.0.0.0", "::", "192.0.2.1", "status.corp.test"])(
    "does not start open, and says what to do: %s",
    (DASHBOARD_HOST) => {
      expect(() => readConfig({ DASHBOARD_HOST })).toThrow(
        /Set DASHBOARD_PASSWORD .* or leave DASHBOARD_HOST at 127.0.0.1/,
      );
    },
  );

  test.each([
    { DASHBOARD_PASSWORD: password },
    { DASHBOARD_READ_TOKENS: "0123456789abcdef01234567" },
    { DASHBOARD_INSECURE: "1" },
  ])("starts with %j", (env) => {
    expect(readConfig({ DASHBOARD_HOST: "0.0.0.0", ...env }).http.host).toBe("0.0.0.0");
  });
});

describe("a dashboard that only this machine reaches", () => {
  test.each(["127.0.0.1", "127.1.2.3", "::1", "localhost"])("may be open: %s", (DASHBOARD_HOST) => {
    expect(readConfig({ DASHBOARD_HOST }).access.secrets.password).toBeUndefined();
  });
});

describe("a secret", () => {
  test("may stand in a file", async () => {
    const path = join(folder, "password");
    await writeFile(path, `${password}\n`);
    expect(readConfig({ DASHBOARD_PASSWORD_FILE: path }).access.secrets.password).toBe(password);
  });

  test("that stands in no file that can be read is a mistake", () => {
    expect(() => readConfig({ DASHBOARD_PASSWORD_FILE: join(folder, "none") })).toThrow("DASHBOARD_PASSWORD_FILE");
  });

  test.each([{ DASHBOARD_PASSWORD: "short" }, { DASHBOARD_READ_TOKENS: "0123456789abcdef01234567,short" }])(
    "that can be guessed is refused, and not repeated: %j",
    (env) => {
      expect(() => readConfig(env)).toThrow(/characters at least/);
      expect(() => readConfig(env)).not.toThrow(/short/);
    },
  );
});
