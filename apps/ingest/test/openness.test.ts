import { defaultConfig } from "@statuswire/config";
import { describe, expect, test } from "@jest/globals";
import { readConfig } from "../src/config.ts";
import { openDoor } from "./door.ts";

describe("webhooks that prove nothing", () => {
  test.each([
    ["believed", "on this machine", {}, false],
    ["believed", "on this machine, in IPv6", { INGEST_HOST: "::1" }, false],
    ["believed", "on this machine, whatever statuswire.yaml says", {}, true],
    ["refused", "on every address", { INGEST_HOST: "0.0.0.0" }, false],
    ["refused", "on a name that only looks like this machine", { INGEST_HOST: "127.0.0.1.example.com" }, false],
    ["hint", "on every address, when statuswire.yaml takes them", { INGEST_HOST: "0.0.0.0" }, true],
    ["believed", "when the environment says so", { INGEST_HOST: "0.0.0.0", INGEST_INSECURE: "1" }, false],
    ["hint", "behind a proxy, when the environment says so", { INGEST_INSECURE: "hint" }, false],
    ["refused", "behind a proxy, when the environment forbids it", { INGEST_INSECURE: "0" }, true],
  ])("are %s %s", (stance, _where, env, insecure) => {
    expect(readConfig(env).unproven({ ...defaultConfig, insecure })).toBe(stance);
  });

  test("are queued as hints where they are not believed", async () => {
    const door = await openDoor({ INGEST_INSECURE: "hint" });
    await door.post("openai", "{}");
    const queued = await door.queued();
    await door.close();
    expect(queued).toMatchObject([{ provider: "openai", isHint: true }]);
  });
});
