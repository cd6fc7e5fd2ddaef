import { describe, expect, test } from "@jest/globals";
import { perform } from "../src/chaos/perform.ts";
import type { Course, Outcome, Scenario } from "../src/chaos/scenario.ts";
import { together } from "../src/rig/figures.ts";
import { performRows } from "../src/rig/rows.ts";

const fine: Outcome = { figures: { lost: 0 }, broken: [] };
const bad: Outcome = { figures: { lost: 3 }, broken: ["3 are lost"] };

describe("a scenario", () => {
  test.each([
    ["is kept when it finds nothing and its control does", fine, bad, "kept"],
    ["is broken when it finds something", bad, bad, "broken"],
    ["proves nothing when its control finds nothing either", fine, fine, "control not caught"],
  ])("%s", async (_what, own, control, verdict) => {
    const scenario = scenarioOf({ run: () => Promise.resolve(own), control: () => Promise.resolve(control) });
    expect(await performed(scenario)).toMatchObject({ verdict, figures: own.figures });
  });

  test("runs beside its control", async () => {
    let letGo: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (letGo = resolve));
    const run = () => begun.then(() => fine);
    const control = async () => (letGo(), Promise.resolve(bad));
    expect(await performed(scenarioOf({ run, control }))).toMatchObject({ verdict: "kept" });
  });

  test("that measures is over before its control begins", async () => {
    const order: string[] = [];
    const note = (what: string, outcome: Outcome) => async () => {
      order.push(`${what} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${what} ends`);
      return outcome;
    };
    await performed({ ...scenarioOf({ run: note("it", fine), control: note("control", bad) }), measures: true });
    expect(order).toEqual(["it begins", "it ends", "control begins", "control ends"]);
  });

  test.each([
    ["as often as its short form says", undefined, [5, 1]],
    ["as often as is wanted", 20, [20, 20]],
  ])("is repeated %s, and its control as well", async (_what, wanted, expected) => {
    const repeated: number[] = [];
    const count = ({ episodes }: Course) => (repeated.push(episodes), Promise.resolve(fine));
    const scenario = scenarioOf({ run: count, control: count });
    const control = { ...scenario.control, episodes: 1 };
    await performed({ ...scenario, control, episodes: { of: "a kill", short: 5 } }, wanted);
    expect(repeated).toEqual(expected);
  });

  test("made of rows is broken by each, and has the sum of their figures, or of times the longest", async () => {
    const rows = {
      hung: { figures: { lost: 1, backMs: 7 }, broken: ["1 is lost"] },
      killed: { ...fine, broken: [] },
    };
    const run = async (course: Course) =>
      together(await performRows(course, { rows, atOnce: 2, perform: (_stage, row) => Promise.resolve(row) }));
    expect(await performed(scenarioOf({ run, control: run }))).toMatchObject({
      reasons: ["hung: 1 is lost"],
      figures: { lost: 1, backMs: 7 },
    });
  });
});

function scenarioOf({ run, control }: { run: Scenario["run"]; control: Scenario["run"] }): Scenario {
  return {
    id: "some",
    title: "Something breaks",
    promises: [1],
    run,
    control: { title: "a control", run: control },
  };
}

function performed(scenario: Scenario, episodes?: number) {
  const properties = { env: {}, interrupted: new Promise<never>(() => undefined) };
  return perform(scenario, { properties, episodes, report: () => undefined });
}
