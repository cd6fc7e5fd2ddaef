import { type ComponentStatus, inWords, oneLine } from "@statuswire/status";
import type { Row, Tone } from "../terminal.ts";
import { type Standing, verdictOn } from "./standing.ts";

const looks: Readonly<Record<ComponentStatus, { symbol: string; tone: Tone; word: string }>> = {
  operational: { symbol: "✓", tone: "good", word: "Operational" },
  degraded_performance: { symbol: "▲", tone: "middling", word: "Degraded" },
  partial_outage: { symbol: "◐", tone: "bad", word: "Partial outage" },
  major_outage: { symbol: "✕", tone: "bad", word: "Major outage" },
  under_maintenance: { symbol: "▣", tone: "middling", word: "Maintenance" },
  unknown: { symbol: "?", tone: "quiet", word: "No data" },
};

interface Shown {
  now: Date;
  /** Also list those that are well. */
  all: boolean;
}

/** Everybody's standing: a row for each who is not well, one line for the others, one to sum up. */
export function overview(standings: readonly Standing[], { now, all }: Shown): { rows: Row[]; sum: string } {
  const troubled = standings.filter((standing) => verdictOn(standing) !== 0);
  const well = standings.filter((standing) => verdictOn(standing) === 0);
  const rows = [...troubled, ...(all ? well : [])].map((standing) => rowOf(standing, now));
  const rest = {
    ...looks.operational,
    cells: [`${count(well.length, "service")} operational`, "", "", "--all to list"],
  };
  return { rows: [...rows, ...(well.length && !all ? [rest] : [])], sum: summary(standings, now) };
}

/** One provider's standing, at length: the answer in a sentence, and what is not well. */
export function portrait(standing: Standing, now: Date): { answer: Row; details: Row[] } {
  const { components, incidents, maintenances } = standing;
  return {
    answer: { ...lookOf(standing), cells: [answer(standing, now)] },
    details: [
      ...incidents.map(({ title, status, startedAt, url = "" }) =>
        detail("▲", [inWords(status), age(startedAt, now), oneLine(title), url]),
      ),
      ...maintenances.map(({ title, status, scheduledFor, url = "" }) =>
        detail("▣", [inWords(status), age(scheduledFor, now), oneLine(title), url]),
      ),
      ...components.map(({ name, group, status, updatedAt }) => {
        const { symbol, word } = looks[status];
        return detail(symbol, [word, age(updatedAt, now), oneLine(group ? `${group} / ${name}` : name)]);
      }),
    ],
  };
}

function detail(symbol: string, cells: string[]): Row {
  return { symbol: " ", tone: "quiet", cells: [`${symbol} ${cells[0] ?? ""}`, ...cells.slice(1)] };
}

function answer(standing: Standing, now: Date): string {
  const { state, stale, neverRead, incidents, componentCount, checkedAt } = standing;
  const name = oneLine(standing.name);
  const checked = checkedAt === undefined ? "" : ` Checked ${age(checkedAt, now)} ago.`;
  if (stale) {
    const since = stale.since === undefined ? "" : ` for ${age(stale.since, now)}`;
    const was = state === "unknown" ? "" : ` It was last seen as: ${looks[state].word.toLowerCase()}.`;
    return `${name}: no data${since}. ${sentence(whyNot(standing))}${was}`;
  }
  if (neverRead && state === "unknown") return `${name}: no data. ${sentence(whyNot(standing))}${checked}`;
  const of = [count(componentCount, "component"), count(incidents.length, "open incident")].join(", ");
  return `${name}: ${looks[state].word.toLowerCase()}. ${of}.${checked}`;
}

function rowOf(standing: Standing, now: Date): Row {
  const { stale, neverRead, state, components, incidents, maintenances } = standing;
  if (stale) {
    const since = stale.since === undefined ? "" : `stale ${age(stale.since, now)}`;
    return {
      ...lookOf(standing),
      cells: [oneLine(standing.name), looks.unknown.word, since, whyNot(standing)],
    };
  }
  if (neverRead && state === "unknown")
    return { ...lookOf(standing), cells: [oneLine(standing.name), looks.unknown.word, "", whyNot(standing)] };
  const [oldest] = [...incidents, ...maintenances];
  const component = components.find(isAffected);
  const since = incidents[0]?.startedAt ?? maintenances[0]?.scheduledFor ?? component?.updatedAt;
  const what = oldest ? `${oneLine(oldest.title)} (${inWords(oldest.status)})` : "";
  return { ...lookOf(standing), cells: [subject(standing), looks[state].word, age(since, now), what] };
}

/** Why nobody can tell, in the dashboard's words. */
function whyNot({ stale, neverRead }: Standing): string {
  return oneLine(neverRead ? `Never read: ${neverRead.reason}` : (stale?.reason ?? ""));
}

function subject({ name, ...standing }: Standing): string {
  const components = standing.components.filter(isAffected);
  const [only, ...others] = components;
  if (!only) return oneLine(name);
  return oneLine(others.length ? `${name} (${count(components.length, "component")})` : `${name} / ${only.name}`);
}

function isAffected({ status }: Standing["components"][number]): boolean {
  return status !== "operational";
}

function lookOf({ stale, state }: Standing): { symbol: string; tone: Tone } {
  const { symbol, tone } = looks[stale ? "unknown" : state];
  return { symbol, tone };
}

function summary(standings: readonly Standing[], now: Date): string {
  const checked = standings
    .flatMap(({ checkedAt }) => checkedAt ?? [])
    .sort()
    .at(-1);
  const silent = standings.filter((standing) => verdictOn(standing) === 3).length;
  const problems = standings.filter((standing) => [1, 2].includes(verdictOn(standing))).length;
  return [
    checked === undefined ? "never checked" : `checked ${age(checked, now)} ago`,
    ...(problems ? [count(problems, "problem")] : []),
    // Never "all is well" of those of whom nobody knows.
    ...(!problems && standings.length > silent
      ? [`no known problem in ${count(standings.length - silent, "service")}`]
      : []),
    ...(silent ? [`${silent} not reporting`] : []),
  ].join(" · ");
}

function sentence(text: string): string {
  const line = oneLine(text);
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}${/[.?!]$/.test(line) ? "" : "."}`;
}

function count(number: number, what: string): string {
  return `${number || "no"} ${what}${number === 1 || number === 0 ? "" : "s"}`;
}

const units = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
] as const;

/** How long ago something was, in its largest unit: `38m`. Nothing for what has no time. */
function age(since: string | undefined, now: Date): string {
  if (since === undefined) return "";
  const ms = Math.max(0, now.getTime() - Date.parse(since));
  const [unit, size] = units.find(([, size]) => ms >= size) ?? ["s", 1000];
  return `${Math.floor(ms / size)}${unit}`;
}
