import { createPage, createWorld, startSimulator } from "@statuswire/simulator";

/** What the pages are like. */
export interface PagesOptions {
  pages: number;
  components: number;
  /** Every so many milliseconds each page is built anew with the same content, so that no validator holds. 0: never. */
  rebuildMs: number;
}

/** How the pages have answered so far. */
export interface Asked {
  answers: number;
  /** How many of the pages were asked at all. */
  pages: number;
}

export type Question = { addresses: true } | { asked: true };

// Status pages of others, in a process of their own as on the Internet: what they cost is not ours.
const { pages, components, rebuildMs } = JSON.parse(process.argv[2] ?? "") as PagesOptions;
const ids = Array.from({ length: pages }, (_, index) => `p${index}`);
const names = Array.from({ length: components }, (_, index) => ({ name: `Service ${index + 1}` }));
const world = createWorld(
  ids.map((id) => createPage({ id, vendor: "statuspage", name: `Page ${id}`, components: names, at: new Date() })),
);
const simulator = await startSimulator({ world });
if (rebuildMs > 0) {
  setInterval(() => {
    for (const id of ids) simulator.change(id, (page) => ({ ...page, updatedAt: new Date() }));
  }, rebuildMs);
}

process.on("message", (question: Question) => {
  process.send?.("addresses" in question ? ids.map(simulator.pageUrl) : asked());
});
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });

function asked(): Asked {
  const answers = ids.map((id) => Object.values(simulator.requests(id)).reduce((sum, count) => sum + count, 0));
  return {
    answers: answers.reduce((sum, count) => sum + count, 0),
    pages: answers.filter((count) => count > 0).length,
  };
}
