import { changesOf, type Counted } from "./counters.ts";
import type { Decision } from "./decision.ts";
import type { Event } from "./event.ts";
import { type Known, nothing } from "./known.ts";
import type { Origin } from "./match.ts";
import { digest, settled, unstable } from "./notice.ts";
import { phaseOf } from "./phase.ts";
import { recollect } from "./recollect.ts";
import { countersFor, decide } from "./route.ts";
import type { Routing } from "./rule.ts";
import { isNewer, recordedAt } from "./seq.ts";
import { stillHolds } from "./still-holds.ts";
import { subjectOf } from "./subject.ts";

/** A message that a sink would have had, and why; or an event that it would not have had. */
export interface Rehearsed {
  /** Epoch ms. */
  at: number;
  sink: string;
  event: Event;
  isTold: boolean;
  rule: string;
  reason: string;
}

interface Play {
  routing: Routing;
  originOf(provider: string): Origin | undefined;
  /** Epoch ms up to which what is held is played out. */
  until: number;
}

interface Held extends Decision {
  event: Event;
  at: number;
}

/**
 * What rules would have made of recorded events, oldest first: the same decisions as when they were recorded, with what was
 * known then as the events tell it. Nobody fails and nobody dies in a rehearsal.
 */
export function rehearse(events: readonly Event[], { routing, originOf, until }: Play): Rehearsed[] {
  const stage = openStage(routing);
  for (const event of events) {
    stage.release(recordedAt(event.seq));
    stage.hear(event, originOf(event.provider));
  }
  stage.release(until);
  return stage.rehearsed;
}

function openStage(routing: Routing) {
  const rehearsed: Rehearsed[] = [];
  const known = new Map<string, Known>();
  const counts = new Map<string, readonly Counted[]>();
  const told = new Map<string, Event>();
  let held: Held[] = [];

  function hear(event: Event, origin: Origin | undefined): void {
    const recollected = recollect(known.get(event.provider), event);
    known.set(event.provider, recollected);
    const place = { routing, origin, known: recollected };
    for (const { name, forMs } of countersFor(event, place)) {
      const since = recordedAt(event.seq) - forMs;
      const recent = (counts.get(name) ?? []).filter(({ seq }) => recordedAt(seq) > since);
      counts.set(name, [...recent, { seq: event.seq, provider: event.provider }]);
    }
    for (const decision of decide(event, { ...place, counts }).decisions) act(event, decision);
  }

  function act(event: Event, decision: Decision): void {
    const { sink, verdict, due } = decision;
    const at = recordedAt(event.seq);
    if (verdict === "tell") tell(at, event, decision);
    if (verdict === "unstable") tell(at, unstable(event), decision);
    if (verdict === "drop") leave(at, event, decision);
    if (verdict === "tell_if_open" || verdict === "recheck") {
      const isOnset = verdict === "recheck" && phaseOf(event) === "onset";
      if (!isOnset && isAwaited(told.get(`${sink} ${subjectOf(event)}`), event)) return tell(at, event, decision);
      if (verdict === "tell_if_open")
        return leave(at, event, { ...decision, reason: "the sink was not told of it" });
    }
    if (due !== undefined) held.push({ ...decision, event, at: Date.parse(due) });
  }

  function release(now: number): void {
    const due = held.filter(({ at }) => at <= now).toSorted((one, other) => one.at - other.at);
    held = held.filter(({ at }) => at > now);
    for (const one of due.filter(({ verdict }) => verdict !== "digest")) releaseOne(one);
    const digests = due.filter(({ verdict }) => verdict === "digest");
    for (const group of groupsOf(digests)) releaseTogether(group);
  }

  function releaseOne(one: Held): void {
    const { event, verdict, at } = one;
    if (verdict !== "recheck") {
      const newest = counts.get(changesOf(event).name)?.at(-1)?.seq;
      if (newest === event.seq) tell(at, settled(event), one);
    } else if (stillHolds(event, known.get(event.provider) ?? nothing)) tell(at, event, one);
    else leave(at, event, { ...one, reason: "it was over before its delay ended" });
  }

  function releaseTogether([first, ...others]: Held[]): void {
    if (!first) return;
    const isForPeople = routing.sinks.some(({ name, audience }) => name === first.sink && audience === "people");
    const group = [first, ...others].filter(({ event }) => isNews(first.sink, event));
    const [one, ...more] = group.map(({ event }) => event);
    if (!one) return;
    if (isForPeople && more.length) tell(first.at, digest([one, ...more]), first);
    else for (const { event, at } of group) tell(at, event, first);
    for (const { event, sink } of group) told.set(`${sink} ${subjectOf(event)}`, event);
  }

  function isNews(sink: string, event: Event): boolean {
    const before = told.get(`${sink} ${subjectOf(event)}`);
    return !before || isNewer(event.seq, before.seq);
  }

  function tell(at: number, event: Event, { sink, rule, reason }: Decision): void {
    if (event.type !== "component.settled" && !isNews(sink, event)) return;
    told.set(`${sink} ${subjectOf(event)}`, event);
    rehearsed.push({ at, sink, event, isTold: true, rule, reason });
  }

  function leave(at: number, event: Event, { sink, rule, reason }: Decision): void {
    rehearsed.push({ at, sink, event, isTold: false, rule, reason });
  }

  return { rehearsed, hear, release };
}

/** Whether a sink that was told this before waits for the event. */
function isAwaited(before: Event | undefined, { type }: Event): boolean {
  return before !== undefined && (phaseOf(before) !== "end" || type === "incident.postmortem");
}

function groupsOf(held: readonly Held[]): Held[][] {
  return [...new Set(held.map(({ sink }) => sink))].map((name) => held.filter(({ sink }) => sink === name));
}
