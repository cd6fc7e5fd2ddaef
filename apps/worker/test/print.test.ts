import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { line, type Event } from "@statuswire/status";
import type { Ledger } from "@statuswire/store";
import { waitUntil } from "@statuswire/testing";
import { createPrinter } from "../src/print.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
let printed: string[];
let events: Event[];

const ever = Number.MAX_SAFE_INTEGER;

beforeEach(async () => {
  printed = [];
  stage = await openStage([{ id: "acme", page: "http://127.0.0.1:1", format: "statuspage", every: 60 }]);
  const opened = ["One", "Two", "Three"].map((body) =>
    stage.push("acme", { page: { name: "Acme" }, component: { name: body }, incident: { body } }),
  );
  events = (await Promise.all(opened)).flat();
});
afterEach(() => stage.close());

describe("printing", () => {
  test("prints events in their order, and leaves none", async () => {
    expect(await print(events)).toEqual([]);
    expect(printed).toEqual(["One", "Two", "Three"]);
  });

  test("notes each, with when and how it went", async () => {
    await print(events);
    for (const { seq } of events) {
      expect(await stage.ledger.has(seq, "console")).toBe(true);
      expect((await stage.traces.of(seq)).attempts).toMatchObject([{ sink: "console", outcome: "delivered" }]);
    }
  });

  test("counts all that it printed", async () => {
    await print(events);
    const tried = await stage.tallies.ofLast(1, stage.now().getTime());
    expect(tried).toMatchObject([{ sink: "console", outcome: "delivered", tries: 3 }]);
    expect(await stage.registry.metrics()).toContain('statuswire_deliveries_total{sink="console"} 3');
  });

  test("has noted what it printed when it prints the next, so that a death repeats one at most", async () => {
    const noted: Promise<boolean>[] = [];
    const [first, second] = events;
    // Asked on the same connection, so answered as of now.
    await print(events, {
      async print({ seq }) {
        if (seq === second?.seq) noted.push(stage.ledger.has(first?.seq ?? "", "console"));
      },
    });
    expect(await Promise.all(noted)).toEqual([true]);
  });

  test("leaves out what is noted, where somebody else may have printed it", async () => {
    await print(events.slice(1, 2));
    printed = [];
    await print(events, { isNew: false });
    expect(printed).toEqual(["One", "Three"]);
  });

  test("leaves out what another worker has taken over, once the process was paused", async () => {
    const second = events[1]?.seq;
    await print(events, { oursUntil: 0, keep: async (seqs) => new Set(seqs.filter((seq) => seq !== second)) });
    expect(printed).toEqual(["One", "Three"]);
  });

  test("prints 100 lines ahead of what is known to be noted, and then as many as are", async () => {
    const answers: (() => void)[] = [];
    const note = () => new Promise<boolean>((resolve) => void answers.push(() => resolve(true)));
    const many = Array.from({ length: 105 }, () => events)
      .flat()
      .slice(0, 105);
    const printing = print(many, { note });
    await waitUntil("it to wait", () => printed.length === 100);
    answers.slice(0, 3).forEach((answer) => answer());
    await waitUntil("it to go on", () => printed.length === 103);
    answers.forEach((answer) => answer());
    await waitUntil("the last to be printed", () => answers.length === 105);
    answers.forEach((answer) => answer());
    expect(await printing).toEqual([]);
  });

  test("gives back what can't be printed and all behind it, and notes nothing of them", async () => {
    const isBroken = ({ seq }: Event) => seq === events[1]?.seq;
    const fragile = (event: Event) => (isBroken(event) ? Promise.reject(new Error("pipe closed")) : write(event));
    expect(await print(events, { print: fragile })).toEqual(events.slice(1));
    expect(printed).toEqual(["One"]);
    const isNoted = await Promise.all(events.map(({ seq }) => stage.ledger.has(seq, "console")));
    expect(isNoted).toEqual([true, false, false]);
    const told = stage.told.filter(({ happening }) => happening === "event.unprinted");
    expect(told).toMatchObject([{ fields: { seq: events[1]?.seq, events: 2 } }]);
  });

  test("notes nothing before it is out", async () => {
    const [first] = events;
    let out: (() => void) | undefined;
    const slow = () => new Promise<void>((resolve) => void (out = resolve));
    const printing = print(events.slice(0, 1), { print: slow });
    await waitUntil("it to be under way", () => out !== undefined);
    expect(await stage.ledger.has(first?.seq ?? "", "console")).toBe(false);
    out?.();
    await printing;
    expect(await stage.ledger.has(first?.seq ?? "", "console")).toBe(true);
  });
});

interface How {
  isNew?: boolean;
  oursUntil?: number;
  /** The places that no other worker has taken over. */
  keep?(seqs: readonly string[]): Promise<ReadonlySet<string>>;
  print?(event: Event): Promise<void>;
  note?: Ledger["note"];
}

function print(some: readonly Event[], how: How = {}): Promise<Event[]> {
  const { isNew = true, oursUntil = ever, print: own = write, note = stage.ledger.note } = how;
  const { keep = (seqs) => Promise.resolve(new Set(seqs)) } = how;
  const printer = createPrinter({ ...stage, sinks: { print: own }, ledger: { ...stage.ledger, note } });
  return printer(
    some.map((event) => ({ event, isNew })),
    { oursUntil, keep },
  );
}

async function write(event: Event): Promise<void> {
  printed.push(/Status: (.*)/.exec(line(event))?.[1] ?? "");
}
