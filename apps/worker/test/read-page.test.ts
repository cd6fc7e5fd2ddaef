import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createOutbound, type Outbound } from "@statuswire/outbound";
import { Reading } from "@statuswire/store";
import { type LocalServer, serve } from "@statuswire/testing";
import { type Answer, readPage } from "../src/read-page.ts";

let page: LocalServer;
let outbound: Outbound;

beforeAll(async () => {
  outbound = createOutbound({ allowPrivate: true });
  page = await serve((_request, response) => void response.end(JSON.stringify(summary)));
});
afterAll(async () => {
  outbound.close();
  await page.close();
});

describe("a page that sends the same bytes again", () => {
  test("is not read again", async () => {
    const { seen } = changed(await read({}));
    // Had it been read, it would not say what this digest was made of.
    expect((await read({ ...seen, hash: "another", marked: "another" })).kind).toBe("unchanged");
  });

  test("is read when what it said was not kept", async () => {
    const { seen } = changed(await read({}));
    expect((await read(seen)).kind).toBe("changed");
  });

  test("is read when something else has been recorded since", async () => {
    const { seen } = changed(await read({}));
    expect((await read({ ...seen, hash: "of something else" })).kind).toBe("changed");
  });

  test("is read when it is to be read in another format", async () => {
    const { seen } = changed(await read({}));
    expect((await read({ ...seen, hash: seen.marked }, "incidentio")).kind).toBe("changed");
  });
});

const summary = {
  page: {
    id: "k7q2m9x4w1zp",
    name: "Acme",
    url: "https://status.acme.test",
    updated_at: "2026-03-01T10:00:00.000Z",
  },
  status: { indicator: "none", description: "All Systems Operational" },
  components: [{ id: "c1", name: "API", status: "operational", updated_at: "2026-03-01T09:00:00.000Z" }],
  incidents: [],
  scheduled_maintenances: [],
};

function read(remembered: Partial<Reading>, format = "statuspage"): Promise<Answer> {
  const provider = { page: `${page.url}/`, format };
  // The way that this page answers, in each of the two formats.
  const way = format === "statuspage" ? 0 : 1;
  const reading = Reading.parse({ components: 1, way, ...remembered });
  return readPage(outbound, { provider, reading, at: "2026-03-01T10:00:00.000Z" });
}

function changed(answer: Answer): Extract<Answer, { kind: "changed" }> {
  if (answer.kind !== "changed") throw new Error(`The page is ${answer.kind}.`);
  return answer;
}
