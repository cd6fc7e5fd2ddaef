import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { PayloadError } from "@statuswire/status";
import type { Simulator } from "@statuswire/simulator";
import { incidentPush } from "@statuswire/simulator";
import { UnknownProviderError } from "../src/watched.ts";
import { breaks, entries, servePages } from "./page.ts";
import { at, openStage, type Stage, types, webhook } from "./stage.ts";

let pages: Simulator;
let stage: Stage;

beforeEach(async () => {
  pages = await servePages("acme");
  const [acme] = entries(pages, "acme");
  stage = await openStage(acme ? [acme, { ...acme, id: "twin" }] : []);
});
afterEach(async () => {
  await stage.close();
  await pages.close();
});

describe("a summary that is pushed", () => {
  test("becomes what it becomes when it is polled", async () => {
    await stage.poll("acme");
    await stage.push("twin", await summary());
    await stage.settle("acme");
    pages.change("acme", breaks(1));
    stage.clock(1);
    await stage.poll("acme");
    const polled = await stage.settle("acme");
    const pushed = await stage.push("twin", await summary());
    expect(pushed.map(essence)).toEqual(polled.map(essence));
  });

  test("is no news when it was polled before", async () => {
    pages.change("acme", breaks(-5));
    await stage.poll("acme");
    await stage.settle("acme");
    expect(await stage.push("acme", await summary())).toEqual([]);
  });
});

describe("a push about one incident", () => {
  test("is an event, and again none", async () => {
    const page = pages.change("acme", breaks(-1));
    const push = incidentPush(page, page.incidents[0]?.id ?? "", { origin: pages.pageUrl("acme"), at: at(0) });
    expect(types(await stage.push("acme", push))).toContain("incident.opened");
    expect(await stage.push("acme", push)).toEqual([]);
  });
});

describe("the Python predecessor's envelope", () => {
  test("with an id is one incident from its first word to its last, though its page speaks Statuspage's format", async () => {
    const titled = (incident_type: string, incident: object) => ({
      incident_type,
      incident: { id: "01ENVELOPE", title: "Slow", impact: "minor", components: ["API"], ...incident },
    });
    const opened = titled("created", { status: "investigating", message: "Looking.", name: "Slow" });
    const closed = titled("resolved", { status: "resolved", message: "Fixed.", name: "Slow" });
    expect(types(await stage.push("acme", opened))).toEqual(["incident.opened"]);
    expect(await stage.push("acme", closed)).toMatchObject([
      { type: "incident.resolved", product: "OpenAI API", status: "[RESOLVED] (Resolved) Fixed." },
    ]);
  });

  test("is told as its sender wrote it, whoever the provider", async () => {
    const [event] = await stage.push("acme", mission);
    expect(event).toMatchObject({
      type: "incident.opened",
      product: "OpenAI API - Chat Completions",
      status: "Degraded performance due to upstream issue.",
      initial: false,
    });
  });
});

describe("what can't be observed", () => {
  test("because nobody knows the provider says how to make it known", async () => {
    const observing = stage.observe(webhook("nobody", {}));
    await expect(observing).rejects.toThrow(UnknownProviderError);
    await expect(stage.observe(webhook("nobody", {}))).rejects.toThrow("npm run -s statuswire -- add nobody");
  });

  test.each([
    ["is empty", {}],
    ["is a list of something else", [1, 2]],
    ["is nothing", null],
    ["is something else", { hello: "world" }],
  ])("because the body %s is a failure with a name", async (_what, body) => {
    await expect(stage.observe(webhook("acme", body))).rejects.toThrow(PayloadError);
  });
});

const mission = {
  page: { name: "OpenAI" },
  component: { name: "API - Chat Completions" },
  incident: { name: "Test", body: "Degraded performance due to upstream issue." },
};

async function summary(): Promise<unknown> {
  return (await fetch(`${pages.pageUrl("acme")}/api/v2/summary.json`)).json();
}

function essence({ type, product, status, timestamp, initial }: Awaited<ReturnType<Stage["push"]>>[number]) {
  return { type, product, status, timestamp, initial };
}
