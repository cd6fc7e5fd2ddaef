import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Observation, Poll, Suspect } from "@statuswire/queues";
import { createQuarantineJob } from "../src/partitions/quarantine-job.ts";
import { ProcessDiedError } from "../src/partitions/quarantine-process.ts";
import { webhook } from "./stage.ts";

/** How often each observation was begun in a process of the quarantine. */
let starts: Map<string, number>;
/** Those over which the process ends. */
let fatal: Set<string>;
/** Those that can't be read. */
let unreadable: Set<string>;
let settled: string[];
let givenUp: Poll[];

beforeEach(() => {
  starts = new Map();
  [fatal, unreadable, settled, givenUp] = [new Set(), new Set(), [], []];
});

const names = Array.from({ length: 50 }, (_, index) => `o${index}`);

describe("a batch that a process did not survive", () => {
  test("is done whole, when nothing is wrong with it", async () => {
    await perform(names);
    expect(settled).toEqual([]);
    expect(starts.size).toBe(50);
  });

  test.each([[["o0"]], [["o49"]], [["o7", "o8", "o31"]]])(
    "loses %j, over which processes end, after two starts more, and nothing else",
    async (poison) => {
      fatal = new Set(poison);
      await perform(names);
      expect(settled).toEqual(poison.map((name) => `${name}: StalledError`));
      expect(poison.map((name) => starts.get(name))).toEqual(poison.map(() => 2));
      expect(new Set(starts.keys())).toEqual(new Set(names));
    },
  );

  test("tells of those that failed before the process ended, too", async () => {
    [fatal, unreadable] = [new Set(["o5"]), new Set(["o2", "o9"])];
    await perform(names.slice(0, 12));
    expect(settled.toSorted()).toEqual(["o2: PayloadError", "o5: StalledError", "o9: PayloadError"]);
  });

  test("that a process did not even begin loses its first after two starts, and the rest go on", async () => {
    const job = create(async (suspect) => {
      if (bodiesOf(suspect)[0] === "o0") throw new ProcessDiedError();
      return { number: 1, failures: [] };
    });
    await job({ v: 1, observations: ["o0", "o1"].map(observation) });
    expect(settled).toEqual(["o0: StalledError"]);
  });
});

describe("a poll that a process did not survive", () => {
  test("is given up when another does not survive it either", async () => {
    const job = create(() => Promise.reject(new ProcessDiedError()));
    expect(await job({ v: 1, provider: "acme" })).toBe("given up");
    expect(givenUp).toEqual([{ v: 1, provider: "acme" }]);
  });
});

describe("a delivery that a process did not survive", () => {
  test("is given up after two processes more", async () => {
    let tries = 0;
    const job = create(() => {
      tries++;
      return Promise.reject(new ProcessDiedError());
    });
    await expect(job({ v: 1, eventId: "e", seq: "1-0", sink: "team" })).rejects.toMatchObject({
      name: "StalledError",
    });
    expect(tries).toBe(2);
  });
});

function perform(of: readonly string[]): Promise<string> {
  return create(pretend)({ v: 1, observations: of.map(observation) });
}

function create(work: (suspect: Suspect) => ReturnType<typeof pretend>) {
  return createQuarantineJob({
    quarantine: { perform: work },
    lease: { partition: 0, token: "1 worker" },
    settle: async (failures) => {
      settled.push(...failures.map(({ observation: { body }, error }) => `${JSON.parse(body)}: ${error.name}`));
    },
    giveUp: async (poll) => void givenUp.push(poll),
  });
}

/** What the process does, and dies of. */
async function pretend(suspect: Suspect) {
  const failures: { index: number; error: { name: string; message: string; isPermanent: true } }[] = [];
  for (const [index, body] of bodiesOf(suspect).entries()) {
    starts.set(body, (starts.get(body) ?? 0) + 1);
    if (fatal.has(body)) throw new ProcessDiedError({ number: 1, began: index, failures });
    if (unreadable.has(body))
      failures.push({ index, error: { name: "PayloadError", message: "no", isPermanent: true } });
  }
  return { number: 1, failures };
}

function bodiesOf(suspect: Suspect): string[] {
  return "observations" in suspect ? suspect.observations.map(({ body }) => JSON.parse(body) as string) : [];
}

function observation(name: string): Observation {
  return webhook("acme", name);
}
