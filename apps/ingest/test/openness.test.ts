import { defaultConfig } from "@statuswire/config";
import { describe, expect, test } from "@jest/globals";
import { readConfig } from "../src/config.ts";

describe("webhooks that prove nothing", () => {
  test.each([
    ["on this machine", {}, false, true],
    ["on this machine, in IPv6", { INGEST_HOST: "::1" }, false, true],
    ["on every address", { INGEST_HOST: "0.0.0.0" }, false, false],
    ["on a name that only looks like this machine", { INGEST_HOST: "127.0.0.1.example.com" }, false, false],
    ["on every address, when statuswire.yaml says so", { INGEST_HOST: "0.0.0.0" }, true, true],
    [
      "on every address, when the environment says so",
      { INGEST_HOST: "0.0.0.0", INGEST_INSECURE: "1" },
      false,
      true,
    ],
    ["behind a proxy, when the environment forbids it", { INGEST_INSECURE: "0" }, true, false],
  ])("are taken or not %s", (_where, env, insecure, isOpen) => {
    expect(readConfig(env).isOpen({ ...defaultConfig, insecure })).toBe(isOpen);
  });
});
