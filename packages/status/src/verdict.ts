import type { Decision, Verdict } from "./decision.ts";
import type { Event } from "./event.ts";
import { explanationOf } from "./explained.ts";
import { phaseOf } from "./phase.ts";
import type { Mismatch, Place } from "./match.ts";
import { consoleName, type Destination, type Routing, type Rule } from "./rule.ts";
import { recordedAt } from "./seq.ts";
import {
  countBefore,
  type Counts,
  flappingAt,
  hourMs,
  hourOf,
  inTroubleAt,
  isTroubleBeginning,
} from "./counters.ts";
import { endOf, isWithin } from "./window.ts";

/** What a decision is made by. */
export interface Circumstances extends Place {
  routing: Routing;
  /** What was counted of the counters that `countersFor` names. */
  counts: Counts;
}

/** A sink that a rule sends an event to, and how. */
export interface Assignment {
  sink: Destination;
  rule: Rule;
  /** How long it must hold first, in ms. */
  waitMs: number | undefined;
  /** What would speak against the event, if it were not the end of what the sink may have been told. */
  mismatch: Mismatch | undefined;
}

interface Opinion {
  verdict: Verdict;
  reason: string;
  /** Epoch ms. */
  due?: number;
}

type Judge = (event: Event, assignment: Assignment, circumstances: Circumstances) => Opinion | undefined;

/** What becomes of an event at a sink that a rule sends it to: as the first says who has an opinion. */
export function decisionAt(event: Event, assignment: Assignment, circumstances: Circumstances): Decision {
  const opinions = judges.map((judge) => judge(event, assignment, circumstances));
  const { verdict, reason, due } = opinions.find((opinion) => opinion !== undefined) ?? told;
  return {
    sink: assignment.sink.name,
    verdict,
    ...(due !== undefined && { due: new Date(due).toISOString() }),
    reason,
    rule: assignment.rule.name,
  };
}

const told: Opinion = { verdict: "tell", reason: "nothing speaks against it" };

/** In this order: silence first, then noise, then patience. */
const judges: readonly Judge[] = [muted, explained, ended, quiet, flapping, waiting, together, throttled];

function muted({ seq }: Event, { rule }: Assignment): Opinion | undefined {
  if (!isWithin(rule.mute, recordedAt(seq))) return undefined;
  return { verdict: "drop", reason: "the rule is muted at this time" };
}

// The console is a log: it repeats.
function explained(event: Event, { sink }: Assignment, { known, routing: { noise } }: Circumstances) {
  if (!noise.explained || sink.name === consoleName || !known) return undefined;
  const affair = explanationOf(event, known);
  return affair && ({ verdict: "drop", reason: `"${affair.title}" says so already` } satisfies Opinion);
}

function ended(_event: Event, { mismatch }: Assignment): Opinion | undefined {
  return mismatch && { verdict: "tell_if_open", reason: `${mismatch.because}, but it ends what was told` };
}

function quiet({ seq }: Event, { rule }: Assignment): Opinion | undefined {
  const at = recordedAt(seq);
  if (!isWithin(rule.quiet, at)) return undefined;
  return { verdict: "digest", reason: "these are quiet hours", due: endOf(rule.quiet, at) };
}

function flapping(event: Event, { sink, rule }: Assignment, { counts, routing }: Circumstances) {
  const limit = routing.noise.flapping;
  if (!limit || sink.audience === "program" || event.type !== "component.changed") return undefined;
  const state = flappingAt(event, counts, limit);
  if (state === "no") return undefined;
  const due = endOf(rule.quiet, recordedAt(event.seq) + limit.withinMs + 1);
  const much = `more than ${limit.changes} changes in ${inUnits(limit.withinMs)}`;
  const opinion: Opinion =
    state === "begins"
      ? { verdict: "unstable", reason: `the component is unstable: ${much}`, due }
      : { verdict: "settle", reason: `the component is unstable since ${much}`, due };
  return opinion;
}

function waiting(event: Event, { rule, waitMs }: Assignment): Opinion | undefined {
  if (waitMs === undefined) return undefined;
  if (phaseOf(event) === "end")
    return { verdict: "tell_if_open", reason: "only who was told of it is told its end" };
  const due = endOf(rule.quiet, recordedAt(event.seq) + waitMs);
  return { verdict: "recheck", reason: `it has to hold for ${inUnits(waitMs)}`, due };
}

function together(event: Event, { sink }: Assignment, { counts, routing }: Circumstances): Opinion | undefined {
  const limit = routing.noise.together;
  if (!limit || sink.audience !== "people" || !isTroubleBeginning(event)) return undefined;
  const count = inTroubleAt(event, counts);
  if (count < limit.providers) return undefined;
  const reason = `${count} providers are in trouble within a minute`;
  return { verdict: "digest", reason, due: nextMinute(recordedAt(event.seq)) };
}

function throttled(event: Event, { sink, rule }: Assignment, { counts }: Circumstances): Opinion | undefined {
  if (rule.perHour === undefined) return undefined;
  if (countBefore(event, counts, hourOf(event, rule.name, sink.name)) < rule.perHour) return undefined;
  const due = (Math.floor(recordedAt(event.seq) / hourMs) + 1) * hourMs;
  return { verdict: "digest", reason: `it is one more than ${rule.perHour} in this hour`, due };
}

function inUnits(ms: number): string {
  const [size, unit] = (
    [
      [3_600_000, "h"],
      [60_000, "min"],
    ] as const
  ).find(([whole]) => ms % whole === 0) ?? [1000, "s"];
  return `${ms / size} ${unit}`;
}

function nextMinute(at: number): number {
  return (Math.floor(at / 60_000) + 1) * 60_000;
}
