import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Change, compare, type Known } from "../src/index.ts";
import {
  before,
  fates,
  healing,
  type Moment,
  type Observation,
  observationsOf,
  stories,
  withFaults,
  wordsOf,
} from "./faults.ts";
import { dueOfIncident } from "./history.ts";
import { at } from "./page.ts";

describe.each(["all", "open"] as const)("a page that lists %s incidents", (listing) => {
  test("gives the same events per incident whether observations are lost, doubled and late, or not", () => {
    fc.assert(
      fc.property(stories(), fates(), (moments, fates) => {
        const clean = observationsOf(moments, listing);
        const faulty = withFaults(clean, fates);
        const [events, disturbed] = [heard([before, ...clean]), heard([before, ...faulty, healing(moments)])];
        for (const id of ["a", "b"]) {
          expect(eventsOf(id, events)).toEqual(due(moments, id, 1));
          expect(eventsOf(id, disturbed)).toEqual(due(moments, id, seenAtFirst(id, disturbed)));
        }
      }),
      { numRuns: 200 },
    );
  });
});

function heard(observations: readonly Observation[]): Heard[] {
  let known: Known | undefined;
  return observations.flatMap(({ told, bears }, observation) => {
    const step = compare(known, told, { at: at(bears), name: "acme" });
    known = step.known;
    return step.changes.map((change) => ({ ...change, observation }));
  });
}

/** A change, and by which observation it was found. */
type Heard = Change & { observation: number };

/**
 * What an incident's changes come to. An end that we inferred is the end that the vendor has written: its words are told
 * when they come, as an update of what is over.
 */
function eventsOf(id: string, changes: readonly Change[]): string[] {
  let isInferred = false;
  return changes.flatMap(({ incident, inferred, type, status }) => {
    if (incident?.id !== id) return [];
    if (inferred) {
      isInferred = true;
      return type === "incident.resolved" ? [] : [`${type}: ${status}`];
    }
    const isEnd = isInferred && /^(?:resolved|postmortem) /.test(status);
    if (isEnd) isInferred = false;
    return [`${isEnd ? "incident.resolved" : type}: ${status}`];
  });
}

/** Of how many updates an incident was when it was first seen: each change carries those that are new with it. */
function seenAtFirst(id: string, changes: readonly Heard[]): number {
  const own = changes.filter(({ incident }) => incident?.id === id);
  const first = own.filter(({ observation }) => observation === own[0]?.observation);
  return first.reduce((sum, { incident }) => sum + (incident?.updates.length ?? 0), 0);
}

/** What is due for an incident of which so many updates were there when it was first seen: they are told as one. */
function due(moments: readonly Moment[], id: string, first: number): string[] {
  const said = wordsOf(moments, id);
  const later = said.slice(first).flatMap(({ status, words }, index) => {
    const from = said[first + index - 1]?.status;
    return dueOfIncident(from, status).map((type) => `${type}: ${words}`);
  });
  return [...dueAtFirst(said.slice(0, first)), ...later];
}

function dueAtFirst(said: readonly { status: Moment["status"]; words: string }[]): string[] {
  const newest = said.at(-1);
  if (!newest) return [];
  const types = dueOfIncident(undefined, newest.status);
  const opening = types.length > 1 ? said[0] : newest;
  return types.map((type, index) => `${type}: ${(index === 0 ? opening : newest)?.words}`);
}
