import { describe, expect, test } from "@jest/globals";
import { ConfigError, loadConfig, parseConfig } from "../src/index.ts";

describe("the public URL", () => {
  test.each([
    ["https://status.acme.test", "https://status.acme.test"],
    ["https://Status.Acme.test/", "https://status.acme.test"],
    ["http://10.0.0.1:8080", "http://10.0.0.1:8080"],
    ["https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443"],
  ])("is taken from the file: %s", (written, publicUrl) => {
    expect(parseConfig(`publicUrl: "${written}"`, {}).publicUrl).toBe(publicUrl);
  });

  test.each([
    "status.acme.test",
    "ftp://status.acme.test",
    "javascript:alert(1)",
    "https://",
    "https://status.acme.test/board",
    "https://status.acme.test/?a=1",
    "https://status.acme.test/#top",
    "https://me:secret@status.acme.test",
    "https://status acme.test",
  ])("is refused, in the file and in the environment: %s", (written) => {
    const rule = /publicUrl|PUBLIC_URL|The public URL is where browsers open the dashboard/;
    expect(() => parseConfig(`publicUrl: "${written}"`, {})).toThrow(rule);
    expect(() => parseConfig("", { PUBLIC_URL: written })).toThrow(rule);
  });

  test("is refused once, where it stands", () => {
    const problems = problemsOf(() => parseConfig("insecure: false\npublicUrl: https://acme.test/board\n", {}));
    expect(problems).toEqual([expect.objectContaining({ line: 2, column: 12, path: "publicUrl" })]);
  });

  test("is what the environment says, before what the file says", () => {
    const env = { PUBLIC_URL: "https://one.test/" };
    expect(parseConfig("publicUrl: https://other.test", env).publicUrl).toBe("https://one.test");
  });

  test("is read from the environment also where there is no file", async () => {
    expect((await loadConfig({ env: { PUBLIC_URL: "https://one.test" } })).config.publicUrl).toBe(
      "https://one.test",
    );
    await expect(loadConfig({ env: { PUBLIC_URL: "one.test" } })).rejects.toThrow(ConfigError);
  });

  test("is nobody's unless it is said", () => {
    expect(parseConfig("", { PUBLIC_URL: " " }).publicUrl).toBeUndefined();
  });

  test("does not show a password when it is refused", () => {
    const parse = () => parseConfig("", { PUBLIC_URL: "https://me:hunter2@status.acme.test" });
    expect(parse).toThrow("//…@status.acme.test");
    expect(parse).not.toThrow("hunter2");
  });
});

function problemsOf(parse: () => unknown): unknown {
  try {
    parse();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  return [];
}
