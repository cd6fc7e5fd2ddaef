import { nearest } from "@statuswire/catalog";
import { consoleName, fold, type Match, type Noise, type Routing, type Rule } from "@statuswire/status";
import { z } from "zod";
import { windowsOf } from "./clock-windows.ts";
import type { Provider } from "./config.ts";
import { secondsOf } from "./interval.ts";
import type { Issue } from "./problems.ts";
import { NoiseEntry, RouteEntry } from "./routes.ts";
import { usualNoise } from "./usual-noise.ts";

/** Whom rules may name. */
interface Nameable {
  providers: readonly Provider[];
  /** Their names. */
  sinks: readonly string[];
}

const Parts = z.object({
  routes: z.array(z.unknown()).optional().catch(undefined),
  noise: NoiseEntry.optional().catch(undefined),
});

/** `routes` and `noise` as written, and who is named in them without being there. */
export function checkRouting(
  data: unknown,
  named: Nameable,
): { routing: Pick<Routing, "rules" | "noise">; issues: Issue[] } {
  const { routes, noise } = Parts.catch({ routes: undefined, noise: undefined }).parse(data);
  const entries = (routes ?? []).map((entry) => RouteEntry.safeParse(entry).data);
  const rules = entries.flatMap((entry, index) => (entry ? [ruleOf(entry, index)] : []));
  const issues = (routes ?? []).flatMap((entry, index) =>
    namingIssues(Names.parse(entry), named).map(under(index)),
  );
  return {
    routing: { rules: routes && rules, noise: noiseOf(noise ?? {}) },
    issues: [...issues, ...repeatedNames(entries)],
  };
}

function ruleOf(entry: RouteEntry, index: number): Rule {
  const { name, match, to, continue: goesOn = false, mute, quiet, delay, throttle, escalateAfter } = entry;
  return {
    name: name ?? `rule ${index + 1}`,
    match: matchOf(match ?? {}),
    to: [to].flat(),
    continue: goesOn,
    mute: windowsOf(mute),
    quiet: windowsOf(quiet),
    ...(delay !== undefined && { delayMs: msOf(delay) }),
    ...(throttle !== undefined && { perHour: throttle }),
    ...(escalateAfter && { escalate: { afterMs: msOf(escalateAfter.after), to: [escalateAfter.to].flat() } }),
  };
}

function matchOf({ severity, initial, ...words }: NonNullable<RouteEntry["match"]>): Match {
  const lists = Object.entries(words).map(([key, value]) => [key, [value].flat()] as const);
  return {
    ...Object.fromEntries(lists),
    ...(severity !== undefined && { severity }),
    ...(initial !== undefined && { initial }),
  };
}

function noiseOf({ explained, flapping, together }: NoiseEntry): Noise {
  return {
    explained: explained ?? usualNoise.explained,
    flapping: flapping
      ? { changes: flapping.changes, withinMs: msOf(flapping.within) }
      : flapping === false
        ? undefined
        : usualNoise.flapping,
    together: together === false ? undefined : (together ?? usualNoise.together),
  };
}

function msOf(span: string | number): number {
  return secondsOf(span) * 1000;
}

// Other mistakes in a rule do not hide a name that nobody has.
const Named = z
  .union([z.string(), z.array(z.string().catch(""))])
  .optional()
  .catch(undefined);
const Names = z
  .object({
    to: Named,
    match: z.object({ provider: Named, tag: Named }).catch({}),
    escalateAfter: z.object({ to: Named }).catch({}),
  })
  .catch({ match: {}, escalateAfter: {} });

// A glob may be for those who are yet to come; a plain name is meant for somebody.
function namingIssues(
  { match, to, escalateAfter }: z.infer<typeof Names>,
  { providers, sinks }: Nameable,
): Issue[] {
  const sinkNames = [consoleName, ...sinks];
  const providerNames = providers.flatMap(({ id, name }) => [id, name]);
  const tags = providers.flatMap((provider) => provider.tags);
  return [
    ...unknown(to, { path: ["to"], what: "sink", known: sinkNames }),
    ...unknown(escalateAfter.to, { path: ["escalateAfter", "to"], what: "sink", known: sinkNames }),
    ...unknown(plain(match.provider), { path: ["match", "provider"], what: "provider", known: providerNames }),
    ...unknown(match.tag, { path: ["match", "tag"], what: "tag", known: tags }),
  ];
}

interface Expected {
  path: readonly PropertyKey[];
  what: string;
  known: readonly string[];
}

function unknown(written: string | string[] | undefined, { path, what, known }: Expected): Issue[] {
  const names = new Set(known.map(fold));
  return [written ?? []].flat().flatMap((name, index) => {
    if (name === "" || names.has(fold(name))) return [];
    const place = Array.isArray(written) ? [...path, index] : path;
    return [{ path: place, message: `There is no ${what} "${name}".`, nearest: nearest(name, known) }];
  });
}

function plain(globs: string | string[] | undefined): string | string[] | undefined {
  const isPlain = (glob: string) => !/[*?]/.test(glob);
  if (Array.isArray(globs)) return globs.map((glob) => (isPlain(glob) ? glob : ""));
  return globs !== undefined && isPlain(globs) ? globs : undefined;
}

function under(index: number) {
  return (issue: Issue): Issue => ({ ...issue, path: ["routes", index, ...issue.path] });
}

function repeatedNames(entries: readonly (RouteEntry | undefined)[]): Issue[] {
  const names = entries.map((entry) => entry?.name);
  return names.flatMap((name, index) => {
    if (name === undefined || names.indexOf(name) === index) return [];
    const message = `There is already a rule called "${name}". Give one of them another name.`;
    return [{ path: ["routes", index, "name"], message }];
  });
}
