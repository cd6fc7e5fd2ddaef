import { describe, expect, test } from "@jest/globals";
import { formatNamed, snapshotOf } from "@statuswire/adapters";
import { demoWorld, playDemo, render, startSimulator, type Page } from "../src/index.ts";
import { at } from "./pages.ts";

const summary = "/api/v2/summary.json";
const proxy = "/proxy/status.openai.example";
const data = "/support/systemstatus/data/system_status_en_US.js";

describe("an hour of the demo, read by our own adapters", () => {
  test.each([
    ["openai", summary],
    ["openai", proxy],
    ["discord", summary],
    ["apple", data],
  ])("tells the truth about %s at %s", async (id, path) => {
    const pages = await hourOf(id);
    expect(pages.map((page) => heard(page, path))).toEqual(pages.map(truth));
    expect(pages.length).toBeGreaterThanOrEqual(10);
  });
});

/** Every state that the page goes through. */
async function hourOf(id: string): Promise<Page[]> {
  const world = demoWorld(at(0));
  const simulator = await startSimulator({ world });
  await Promise.all([...world.keys()].map((each) => fetch(simulator.pageUrl(each))));
  const pages = new Set<Page>();
  let second = 0;
  const now = () => new Date(at(0).getTime() + second * 1000);
  const player = playDemo({ simulator, pageIds: [...world.keys()], now, seed: 1 });
  for (; second < 3600; second++) {
    player.tick();
    pages.add(simulator.page(id));
  }
  await simulator.close();
  return [...pages];
}

function heard(page: Page, path: string) {
  const format = formatNamed(page.vendor);
  if (!format) throw new Error(`There is no format called ${page.vendor}.`);
  const { body } = render(page, { path, origin: "https://status.example" });
  const { components, incidents } = snapshotOf(format, body, { at: page.updatedAt.toISOString() });
  return told(components, incidents);
}

function truth({ components, incidents }: Page) {
  return told(components, incidents);
}

interface Spoken {
  id: string;
  status: string;
  updates: readonly { body: string }[];
}

/** Every component with its state, and every open incident with its newest words. */
function told(components: readonly { name: string; status: string }[], incidents: readonly Spoken[]) {
  const open = incidents.filter(({ status }) => status !== "resolved");
  return {
    components: new Map(components.map(({ name, status }) => [name, status])),
    incidents: new Map(open.map(({ id, updates }) => [id, updates.at(-1)?.body])),
  };
}
