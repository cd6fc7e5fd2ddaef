import { describe, expect, test } from "@jest/globals";
import { Counter, createRegistry } from "../src/index.ts";

describe("the figures of a process", () => {
  test("are its own and Node's", async () => {
    const registry = createRegistry();
    new Counter({ name: "statuswire_test_total", help: "…", registers: [registry] }).inc(3);
    const text = await registry.metrics();
    expect(text).toContain("statuswire_test_total 3");
    expect(text).toContain("nodejs_eventloop_lag_seconds");
  });

  test("are not shared with those of another registry", async () => {
    new Counter({ name: "statuswire_test_total", help: "…", registers: [createRegistry()] }).inc();
    expect(await createRegistry().metrics()).not.toContain("statuswire_test_total");
  });
});
