import {
  ComponentStatus,
  type Passed,
  type Past,
  type Standing,
  type Trouble,
  type Turn,
} from "@statuswire/status";
import { z } from "zod";
import type { Hash } from "./state.ts";

/** What is written of a step: fields that replace what they held, and fields that grow by what is given. */
export interface PastFields {
  set: Record<string, string>;
  append: Record<string, string>;
}

/** Turns stand in one field per component and this time, so that none grows without end. */
const periodSeconds = 30 * 86_400;

/** Standings by number, as they are written. Only ever add to the end. */
const standings: readonly Standing[] = [
  "absent",
  "unknown",
  "operational",
  "under_maintenance",
  "degraded_performance",
  "partial_outage",
  "major_outage",
];

const Stretches = z.array(z.tuple([z.int()], z.int()).transform(([from, until]) => ({ from, until })));
const WrittenTrouble = z
  .tuple([ComponentStatus, Stretches, z.array(z.string())])
  .transform(([state, stretches, components]): Trouble => ({ state, stretches, components }));

/** What a step, recorded at an epoch second, adds to a provider's past, as fields of its hash. */
export function encodePassed({ since, troubles, turns }: Passed, at: number): PastFields {
  const set = Object.fromEntries([...troubles].map(([id, trouble]) => [`trouble:${id}`, written(trouble)]));
  const append: Record<string, string> = since === undefined ? {} : { since: `${since} ` };
  const period = Math.floor(at / periodSeconds);
  for (const { component, turn } of turns) {
    const field = `turns:${period}:${component}`;
    append[field] = `${append[field] ?? ""}${writtenTurn(turn)}`;
  }
  return { set, append };
}

function written({ state, stretches, components }: Trouble): string {
  const times = stretches.map(({ from, until }) => (until === undefined ? [from] : [from, until]));
  return JSON.stringify([state, times, components]);
}

function writtenTurn({ at, from, to }: Turn): string {
  return `${at.toString(36)}${standings.indexOf(from)}${standings.indexOf(to)} `;
}

/** A field for a time in which nobody read the page. */
export function encodeGap({ from, until }: { from: number; until: number }): [field: string, value: string] {
  return [`gap:${from}`, String(until)];
}

/** A provider's past, from its hash. */
export function decodePast(hash: Hash): Past {
  const fields = Object.entries(hash);
  return {
    since: hash["since"] === undefined ? undefined : Number.parseInt(hash["since"], 10),
    gaps: under(fields, "gap").map(([from, until]) => ({ from: Number(from), until: Number(until) })),
    troubles: new Map(under(fields, "trouble").map(([id, json]) => [id, WrittenTrouble.parse(JSON.parse(json))])),
    turns: decodeTurns(under(fields, "turns").map(([name, text]) => ({ ...placeOf(name), text }))),
  };
}

function under(fields: [string, string][], kind: string): [name: string, value: string][] {
  const mark = `${kind}:`;
  return fields.flatMap(([field, value]) => (field.startsWith(mark) ? [[field.slice(mark.length), value]] : []));
}

interface PlaceOfTurns {
  period: number;
  component: string;
}

function placeOf(name: string): PlaceOfTurns {
  const colon = name.indexOf(":");
  return { period: Number(name.slice(0, colon)), component: name.slice(colon + 1) };
}

function decodeTurns(all: (PlaceOfTurns & { text: string })[]): Map<string, Turn[]> {
  const turns = new Map<string, Turn[]>();
  for (const { component, text } of all.sort((one, other) => one.period - other.period)) {
    const heard = text.split(" ").filter(Boolean).map(readTurn);
    turns.set(component, [...(turns.get(component) ?? []), ...heard]);
  }
  return turns;
}

function readTurn(text: string): Turn {
  const standing = (place: number) => standings[Number(text.at(place))] ?? "unknown";
  return { at: Number.parseInt(text.slice(0, -2), 36), from: standing(-2), to: standing(-1) };
}

/** The fields that say nothing of any time after `before` (epoch seconds). Of a component's turns the newest always stay: they say how it stands. */
export function outdatedFields(hash: Hash, before: number): string[] {
  const fields = Object.entries(hash);
  const turns = under(fields, "turns").map(([name]) => ({ name, ...placeOf(name) }));
  const newest = new Map<string, number>();
  for (const { component, period } of turns) newest.set(component, Math.max(period, newest.get(component) ?? 0));
  const isOld = ({ component, period }: PlaceOfTurns) =>
    (period + 1) * periodSeconds < before && period !== newest.get(component);
  const { troubles } = decodePast(hash);
  return [
    ...under(fields, "gap").flatMap(([from, until]) => (Number(until) < before ? [`gap:${from}`] : [])),
    ...turns.filter(isOld).map(({ name }) => `turns:${name}`),
    ...[...troubles].flatMap(([id, trouble]) => (endOf(trouble) < before ? [`trouble:${id}`] : [])),
  ];
}

function endOf({ stretches }: Trouble): number {
  return Math.max(0, ...stretches.map(({ until = Number.POSITIVE_INFINITY }) => until));
}
