import { describe, expect, test } from "@jest/globals";
import { chart } from "../src/chart.ts";
import { document } from "../src/document.ts";
import { Kept, outcomesOf, withOutcome } from "../src/kept.ts";
import { type Pair, resultOf } from "../src/result.ts";
import type { Figure, Subject } from "../src/subject.ts";

describe("a result", () => {
  test("has the medians of both sides, and of the ratios inside each pair", () => {
    const result = resultOf(speed, pairs);
    expect(result).toMatchObject({ name: "race-speed", unit: "m/s", median: 20, baseline: 10, ratio: 2 });
  });

  test("keeps every run", () => {
    expect(resultOf(speed, pairs).runs).toEqual([
      { ours: 10, baseline: 10 },
      { ours: 20, baseline: 10 },
      { ours: 30, baseline: 5 },
    ]);
  });

  test("has no ratio where there is no baseline", () => {
    expect(resultOf(weight, pairs)).toMatchObject({ median: 7, baseline: null, ratio: null });
  });
});

describe("the document", () => {
  test("has a row for each figure, with what it should reach", () => {
    const page = document([told]);
    expect(page).toContain("| race-speed | 20 m/s | 10 – 30 | 10 | 2 | ratio ≥ 1.5 | met |");
    expect(page).toContain("| race-weight | 7 kg | 7 – 7 |  |  | ≤ 5 kg | missed |");
  });

  test("names the baseline and the machine", () => {
    const page = document([told]);
    expect(page).toContain("Baseline: a tortoise.");
    expect(page).toContain(
      "Abacus, 2 cores, 24 GB; Linux 6 x64; Node v20.20.2; Redis 7.0.15. Commit abc1234, 2026-11-22;",
    );
  });

  test("gives the reason of each miss, or says that there is none yet", () => {
    expect(document([told])).toContain("- `race-weight` is missed, and nobody has said why yet.");
    const explained = { ...race, figures: [speed, { ...weight, missedBecause: "The shell weighs most." }] };
    const page = document([{ ...told, subject: explained }]);
    expect(page).toContain("- `race-weight` is missed: The shell weighs most.");
    expect(page).not.toContain("`race-speed` is missed");
  });

  test("says what was not measured, and why", () => {
    const page = document([told, { subject: { ...race, name: "relay" }, reason: "it needs a team" }]);
    expect(page).toContain("- `relay`: it needs a team.");
    expect(document([told])).not.toContain("Not measured");
  });

  test("warns when the runs were quick", () => {
    expect(document([{ ...told, taken: { ...taken, quick: true } }])).toContain("not to be quoted");
    expect(document([told])).not.toContain("not to be quoted");
  });
});

describe("what is kept", () => {
  test("comes back from JSON as it was, also what is not a number", () => {
    const odd = { ...told, results: [resultOf({ ...weight, name: "race-odd" }, pairs)] };
    const kept = Kept.parse(JSON.parse(JSON.stringify(withOutcome({}, odd))));
    expect(outcomesOf(kept, [race])).toEqual([odd]);
  });

  test("has a subject's last run, and those of the others", () => {
    const again = { ...told, results: [] };
    const relay = { ...told, subject: { ...race, name: "relay" } };
    const kept = [told, relay, again].reduce(withOutcome, {});
    expect(outcomesOf(kept, [race, relay.subject])).toEqual([again, relay]);
  });

  test("stays when a subject could not be run again", () => {
    const kept = withOutcome(withOutcome({}, told), { subject: race, reason: "it failed" });
    expect(outcomesOf(kept, [race])).toEqual([told]);
    expect(outcomesOf({}, [race])).toMatchObject([{ reason: "it has not been run, or could not be" }]);
  });
});

describe("the chart", () => {
  test("has a bar for each figure that has a ratio, and a mark for its goal", () => {
    const drawing = chart([told]);
    expect([...drawing.matchAll(/fill="#3b6fb6"/g)]).toHaveLength(1);
    expect([...drawing.matchAll(/stroke="#c33"/g)]).toHaveLength(1);
  });

  test("names what it draws", () => {
    const drawing = chart([told]);
    expect(drawing).toContain(">race-speed</text>");
    expect(drawing).not.toContain("race-weight");
  });
});

const speed: Figure = {
  name: "race-speed",
  about: "speed",
  unit: "m/s",
  better: "higher",
  goal: { of: "ratio", atLeast: 1.5 },
};
const weight: Figure = {
  name: "race-weight",
  about: "weight",
  unit: "kg",
  better: "lower",
  goal: { of: "median", atMost: 5 },
};
const race: Subject = { name: "race", against: "a tortoise", figures: [speed, weight], ours: async () => ({}) };

const pairs: readonly Pair[] = [
  { ours: { "race-speed": 10, "race-weight": 7 }, baseline: { "race-speed": 10 } },
  { ours: { "race-speed": 20, "race-weight": 7 }, baseline: { "race-speed": 10 } },
  { ours: { "race-speed": 30, "race-weight": 7 }, baseline: { "race-speed": 5 } },
];
const taken = {
  quick: false,
  processor: "Abacus",
  cores: 2,
  memoryGb: 24,
  system: "Linux 6 x64",
  node: "v20.20.2",
  redis: "7.0.15",
  load: 0.1,
  commit: "abc1234",
  at: "2026-11-22",
};

const told = { subject: race, taken, results: race.figures.map((figure) => resultOf(figure, pairs)) };
