import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, hasPromtool, promtool, waitUntil } from "@statuswire/testing";
import { component, openTestWindow, type OpenWindow } from "./open-window.ts";

const promtoolTest = hasPromtool() ? test : test.skip;

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
  window = await openTestWindow(server, ["acme"]);
  const at = "2025-11-03T14:32:00.000Z";
  await window.tell("acme", { at, components: [component("API", "major_outage", at)] });
});
afterAll(async () => {
  await window.close();
  await server.stop();
});

describe("the figures", () => {
  test("say the state of each provider", async () => {
    const figures = await (await window.get("/metrics")).text();
    expect(figures).toContain('statuswire_provider_state{provider="acme",state="major_outage"} 1');
    expect(figures).toContain('statuswire_provider_state{provider="acme",state="operational"} 0');
  });

  test("say the state of each component in one figure", async () => {
    const figures = await (await window.get("/metrics")).text();
    expect(figures).toContain('statuswire_component_state{provider="acme",component="acme:api",name="API"} 3');
    expect(figures).toContain("statuswire_components_left_out 0");
  });

  test("are bounded: of a page with very many components, the worst 500 have one", async () => {
    const at = "2025-11-03T14:33:00.000Z";
    const fine = Array.from({ length: 600 }, (_, index) => component(`Part ${index}`, "operational", at));
    await window.tell("acme", { at, components: [...fine, component("API", "major_outage", at)] });
    await waitUntil("the figures to be of the longer page", async () => (await figuresOf("acme")).length > 1);
    const own = await figuresOf("acme");
    expect([own.length, own.filter((line) => line.includes('name="API"')).length]).toEqual([500, 1]);
    expect(await (await window.get("/metrics")).text()).toContain("statuswire_components_left_out 101");
  });

  promtoolTest("are written as Prometheus wants them", async () => {
    const figures = await (await window.get("/metrics")).text();
    expect(await promtool(["check", "metrics"], figures)).toEqual({ code: 0, output: "" });
  });
});

async function figuresOf(provider: string): Promise<string[]> {
  const figures = await (await window.get("/metrics")).text();
  return figures
    .split("\n")
    .filter((line) => line.startsWith(`statuswire_component_state{provider="${provider}"`));
}
