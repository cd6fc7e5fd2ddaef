import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Simulator } from "@statuswire/simulator";
import { breaks, entries, mends, retracts, servePages } from "./page.ts";
import { openStage, type Stage, types } from "./stage.ts";

let pages: Simulator;
let stage: Stage;

beforeEach(async () => {
  pages = await servePages("acme");
  stage = await openStage(entries(pages, "acme"));
});
afterEach(async () => {
  await stage.close();
  await pages.close();
});

describe("an open incident that its page no longer lists", () => {
  test("is asked for by its own address, and its closing words are told", async () => {
    await read(0);
    pages.change("acme", breaks(1));
    await read(1);
    pages.change("acme", mends(2));
    expect(await read(2)).toMatchObject([
      {},
      { type: "incident.resolved", status: "All is well.", inferred: false },
    ]);
  });

  test("is asked for, also when several vanish at once", async () => {
    await read(0);
    for (const title of ["One", "Two", "Three"]) pages.change("acme", breaks(1, title));
    await read(1);
    pages.change("acme", mends(2));
    const resolved = (await read(2)).filter(({ type }) => type === "incident.resolved");
    expect(resolved.map(({ incident }) => incident?.title).sort()).toEqual(["One", "Three", "Two"]);
  });

  test("is asked for again when the question fails, unless it is gone", async () => {
    pages.change("acme", breaks(1));
    await read(1);
    const id = [...(await stage.known("acme")).incidents.keys()][0] ?? "";
    pages.fault("acme", { kind: "status", status: 500 });
    const ask = (left: number) => stage.ask("acme", { incident: id, left });
    await expect(ask(1)).rejects.toThrow("500");
    expect(await ask(0)).toBe("failed");
    pages.fault("acme");
    expect(await stage.ask("acme", { incident: "nobody", left: 1 })).toBe("failed");
    expect(await ask(1)).toBe("asked");
  });

  test("is over, as far as we can tell, when it is gone altogether and a second reading agrees", async () => {
    await read(0);
    pages.change("acme", breaks(1));
    await read(1);
    pages.change("acme", retracts);
    expect(types(await read(2))).not.toContain("incident.resolved");
    expect(await read(3)).toMatchObject([{ type: "incident.resolved", inferred: true }]);
    expect(await read(4)).toEqual([]);
  });
});

/** Reads Acme's page so many minutes after noon, and what has vanished from it. */
async function read(minutes: number) {
  stage.clock(minutes);
  await stage.poll("acme");
  return stage.settle("acme");
}
