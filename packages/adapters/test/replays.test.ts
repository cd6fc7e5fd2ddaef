import { describe, expect, test } from "@jest/globals";
import { type Change, nothing, stateOf } from "@statuswire/status";
import { histories, look, type Step, told, withEchoes } from "./replay.ts";

describe.each(histories)("the history $name", ({ steps, events }) => {
  test("is told as a careful person would", () => {
    expect(told(steps)).toEqual(events);
  });

  test("opens each affair once", () => {
    const openings = changesOf(steps).filter(({ type }) => /\.(opened|scheduled)$/.test(type));
    expect(openings.map(idOf)).toEqual([...new Set(openings.map(idOf))]);
  });

  test("tells no update twice in the same words", () => {
    const updates = changesOf(steps).flatMap(updateOf);
    expect(updates).toEqual([...new Set(updates)]);
  });

  test("ends nothing twice in a row", () => {
    const turns = changesOf(steps).filter(({ type }) => /^incident\.(opened|reopened|resolved)$/.test(type));
    const before = new Map<string, string>();
    const odd = turns.filter((change) => {
      const isTurn = before.get(idOf(change)) !== change.type;
      before.set(idOf(change), change.type);
      return !isTurn;
    });
    expect(odd).toEqual([]);
  });

  test("leaves everything well", () => {
    expect(stateOf(steps.reduce((known, step) => look(known, step).known, nothing))).not.toMatch(
      /outage|degraded/,
    );
  });
});

describe.each(histories.filter(({ steps }) => steps.some(({ told }) => told.page.updatedAt)))(
  "the history $name, on a page with a clock",
  ({ steps, events }) => {
    test.each([0, 1, 2, 3, 4, 5, 6])(
      "is told the same when edges serve older bodies now and then (%i)",
      (seed) => {
        expect(sorted(told(withEchoes(steps, seed)))).toEqual(sorted(events));
      },
    );
  },
);

function changesOf(steps: readonly Step[]): Change[] {
  let known = nothing;
  return steps.flatMap((step) => {
    const next = look(known, step);
    known = next.known;
    return next.changes;
  });
}

// What is absent twice is told one look earlier when that look is repeated; within one, order is by time.
function sorted(lines: readonly string[]): string[] {
  return lines.map(withoutStep).sort();
}

function withoutStep(line: string): string {
  return line.replace(/^[^:]+: /, "");
}

function idOf({ incident, maintenance, component }: Change): string {
  return (incident ?? maintenance ?? component)?.id ?? "page";
}

/** The vendor's update that is the news, which is part of what makes a change itself. */
function updateOf({ key, type, incident, maintenance }: Change): string[] {
  const [, id, update, body] = JSON.parse(key) as (string | null)[];
  // What is over when first seen is opened and ended in the same words.
  return (incident ?? maintenance) && update && type !== "incident.opened" ? [`${id} ${update} ${body}`] : [];
}
