import fc from "fast-check";
import { isOver, type Snapshot } from "../src/index.ts";
import { incident, page, push } from "./page.ts";

export type Status = "investigating" | "identified" | "monitoring" | "resolved" | "postmortem";

/** What happens on a page: an incident says something, ten minutes after what happened before. */
export interface Moment {
  id: string;
  status: Status;
}

/** A snapshot on its way to us: the minute of our clock that it bears, and that at which it is heard. */
export interface Observation {
  told: Snapshot;
  bears: number;
  heard: number;
}

/** What becomes of an observation: how many minutes later each copy of it is heard; none, and it is lost. */
interface Fate {
  delays: readonly number[];
  /** Whether a webhook was late on its way to us, and so bears the time at which it came in. */
  isResent: boolean;
}

const spacing = 10;
/** A page is read three times in the time between two moments, so that an absence is confirmed. */
const readings = [2, 4, 6];
const longest = 8;
const perMoment = readings.length + 1;

export function stories(): fc.Arbitrary<Moment[]> {
  const status = fc.constantFrom<Status[]>("investigating", "identified", "monitoring", "resolved", "postmortem");
  return fc.array(fc.record({ id: fc.constantFrom("a", "b"), status }), { minLength: 1, maxLength: longest });
}

/** Fates for all observations of any story. Of some moments nothing is heard at all, as when we are cut off. */
export function fates(): fc.Arbitrary<Fate[]> {
  const delay = fc.integer({ min: 1, max: 4 * spacing });
  const delays = fc.oneof(
    { weight: 3, arbitrary: fc.constant([0]) },
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: delay.map((late) => [late]) },
    { weight: 1, arbitrary: delay.map((again) => [0, again]) },
  );
  const fate = fc.record({ delays, isResent: fc.boolean() });
  const some = fc.array(fate, { minLength: perMoment, maxLength: perMoment });
  const none = fc.constant(Array.from({ length: perMoment }, () => ({ delays: [], isResent: false })));
  const ofMoment = fc.oneof({ weight: 3, arbitrary: some }, { weight: 2, arbitrary: none });
  return fc.array(ofMoment, { minLength: longest, maxLength: longest }).map((all) => all.flat());
}

/** What a page sends and answers while a story goes on. It lists all incidents, or those that are open. */
export function observationsOf(moments: readonly Moment[], listing: "all" | "open"): Observation[] {
  return moments.flatMap(({ id }, now) => {
    const minute = now * spacing;
    const said = push({ incidents: incidentsUntil(moments, now).filter((one) => one.id === id) });
    const listed = incidentsUntil(moments, now).filter((one) => listing === "all" || !isOver(one));
    return [
      observation(said, minute),
      ...readings.map((after) => observation(page({ incidents: listed }), minute + after)),
    ];
  });
}

/** The same observations, of which some are lost, some come twice and some late. */
export function withFaults(observations: readonly Observation[], fates: readonly Fate[]): Observation[] {
  return observations
    .flatMap((one, index) => {
      const { delays = [0], isResent = false } = fates[index] ?? {};
      const isPush = index % perMoment === 0;
      return delays.map((delay) => {
        const heard = one.heard + delay;
        return { ...one, heard, bears: isPush && isResent ? heard : one.bears };
      });
    })
    .toSorted((one, other) => one.heard - other.heard);
}

/** How faults end: each incident is asked for by name, which gives its whole course. */
export function healing(moments: readonly Moment[]): Observation {
  const minute = (moments.length + 10) * spacing;
  return observation(push({ incidents: incidentsUntil(moments, moments.length - 1) }), minute);
}

function observation(told: Snapshot, minute: number): Observation {
  return { told, bears: minute, heard: minute };
}

function incidentsUntil(moments: readonly Moment[], now: number): Snapshot["incidents"] {
  const courses = new Map<string, [number, Status][]>();
  for (const [index, { id, status }] of moments.slice(0, now + 1).entries())
    courses.set(id, [...(courses.get(id) ?? []), [index * spacing, status]]);
  return [...courses].map(([id, course]) => incident(id, course));
}

/** What an incident says, moment by moment. */
export function wordsOf(moments: readonly Moment[], id: string): { status: Status; words: string }[] {
  return moments.flatMap((moment, index) =>
    moment.id === id ? { status: moment.status, words: `${moment.status} at ${index * spacing}` } : [],
  );
}

/** A page that has been read before anything happens, ten minutes earlier. */
export const before: Observation = observation(page({}), -spacing);
