import type { Finding, Ruling } from "./decision.ts";
import type { Event } from "./event.ts";
import { mayBeExplained } from "./explained.ts";
import { asksForKnown, type Mismatch, mismatchOf } from "./match.ts";
import { consoleName, type Routing, type Rule, usualRule } from "./rule.ts";
import { changesOf, hourOf, isTroubleBeginning, onsets, type Counter } from "./counters.ts";
import { type Assignment, type Circumstances, decisionAt } from "./verdict.ts";

/**
 * What becomes of an event at each sink, and why. Now is when it was recorded, so that deciding again, later or elsewhere,
 * decides the same.
 */
export function decide(event: Event, circumstances: Circumstances): Ruling {
  const read = readRules(event, circumstances);
  return {
    rules: read.map(({ rule, mismatch }): Finding => {
      const because = mismatch?.because;
      return { rule: rule.name, matches: !mismatch, ...(because !== undefined && { because }) };
    }),
    decisions: assignments(read, circumstances).map((assignment) => decisionAt(event, assignment, circumstances)),
  };
}

/** Whether where an event goes depends on what is known of its provider. */
export function dependsOnKnown(event: Event, routing: Routing): boolean {
  const { rules = [], noise } = routing;
  if (!tellsOthers(routing)) return false;
  return (noise.explained && mayBeExplained(event)) || rules.some(({ match }) => asksForKnown(match));
}

/** The counters that an event counts in, and that must have been counted before it can be decided about. */
export function countersFor(event: Event, circumstances: Omit<Circumstances, "counts">): Counter[] {
  const { noise, sinks } = circumstances.routing;
  if (event.initial || !tellsOthers(circumstances.routing)) return [];
  // Programs get every event: where nobody else is told, nothing is judged by how often it happens.
  const audiences = new Set(sinks.map(({ audience }) => audience));
  const isForPeople = audiences.has("people");
  const isForOthers = isForPeople || audiences.has("pager");
  const { decisions } = decide(event, { ...circumstances, counts: new Map() });
  const told = decisions.filter(({ verdict, sink }) => verdict === "tell" && sink !== consoleName);
  const limited = new Set(limitedRules(circumstances.routing));
  return [
    ...(noise.flapping && isForOthers && event.type === "component.changed" ? [changesOf(event)] : []),
    ...(noise.together && isForPeople && isTroubleBeginning(event) ? [onsets] : []),
    ...told.filter(({ rule }) => limited.has(rule)).map(({ rule, sink }) => hourOf(event, rule, sink)),
  ];
}

function tellsOthers({ sinks }: Routing): boolean {
  return sinks.some(({ name }) => name !== consoleName);
}

function limitedRules({ rules = [] }: Routing): string[] {
  return rules.flatMap(({ name, perHour }) => (perHour === undefined ? [] : [name]));
}

interface Read {
  rule: Rule;
  mismatch: Mismatch | undefined;
}

/** The rules from the top, as far as the one that has the event. */
function readRules(event: Event, { routing, ...place }: Circumstances): Read[] {
  const read: Read[] = [];
  for (const rule of rulesIn(routing)) {
    const mismatch = mismatchOf(rule.match, event, place);
    read.push({ rule, mismatch });
    if (!mismatch && !rule.continue) break;
  }
  return read;
}

function rulesIn({ rules, sinks }: Routing): Rule[] {
  const names = sinks.map(({ name }) => name);
  if (!rules) return [usual(names)];
  const isNamed = rules.some(({ to, escalate }) => [...to, ...(escalate?.to ?? [])].includes(consoleName));
  return isNamed || !names.includes(consoleName) ? [...rules] : [usual([consoleName]), ...rules];
}

function usual(to: readonly string[]): Rule {
  return { name: usualRule, match: {}, to, continue: true, mute: [], quiet: [] };
}

/** Each sink once: as the first rule says that is about the event, then as those that are about no more than its end. */
function assignments(read: readonly Read[], { routing: { sinks } }: Circumstances): Assignment[] {
  const assigned = new Map<string, Assignment>();
  const suitable = [
    ...read.filter(({ mismatch }) => !mismatch),
    ...read.filter(({ mismatch }) => mismatch?.isEnd),
  ];
  for (const { rule, mismatch } of suitable) {
    const { to, delayMs, escalate } = rule;
    const ways = [
      ...to.map((name) => ({ name, waitMs: delayMs })),
      ...(escalate?.to ?? []).map((name) => ({ name, waitMs: escalate?.afterMs })),
    ];
    for (const { name, waitMs } of ways) {
      const sink = sinks.find((candidate) => candidate.name === name);
      if (sink && !assigned.has(name)) assigned.set(name, { sink, rule, waitMs, mismatch });
    }
  }
  return [...assigned.values()];
}
