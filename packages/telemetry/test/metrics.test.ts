import { describe, expect, test } from "@jest/globals";
import { Counter, createRegistry, dropSeries } from "../src/index.ts";

describe("the figures of a process", () => {
  test("are its own and Node's", async () => {
    const registry = createRegistry();
    new Counter({ name: "statuswire_test_total", help: "…", registers: [registry] }).inc(3);
    const text = await registry.metrics();
    expect(text).toContain("statuswire_test_total 3");
    expect(text).toContain("nodejs_eventloop_lag_seconds");
  });

  test("are dropped where a label says what is gone", async () => {
    const registry = createRegistry();
    const counter = new Counter({
      ...{ name: "statuswire_test_total", help: "…", labelNames: ["provider", "outcome"], registers: [registry] },
    });
    for (const provider of ["acme", "gone"]) counter.inc({ provider, outcome: "failed" });
    await dropSeries(registry, { label: "provider", isGone: (provider) => provider === "gone" });
    const text = await registry.metrics();
    expect(text).toContain('statuswire_test_total{provider="acme",outcome="failed"} 1');
    expect(text).not.toContain("gone");
  });

  test("are not shared with those of another registry", async () => {
    new Counter({ name: "statuswire_test_total", help: "…", registers: [createRegistry()] }).inc();
    expect(await createRegistry().metrics()).not.toContain("statuswire_test_total");
  });
});
