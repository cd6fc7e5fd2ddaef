import type { Page } from "@statuswire/simulator";
import { type Event, type Known, nothing, recollect } from "@statuswire/status";
import { grouped } from "../rig/grouped.ts";
import type { Evidence, Findings } from "./evidence.ts";

/** Where what is known at the end is not what was published, or not what the log leads to. */
export function wrongStatesOf({ pages, events, known }: Pick<Evidence, "pages" | "events" | "known">): Findings {
  const byProvider = grouped(events, ({ provider }) => provider);
  return [...pages].flatMap(([provider, page]) => {
    const knows = known.get(provider);
    if (!knows) return page.incidents.length ? [`${provider}: nothing is known of it`] : [];
    const log = byProvider.get(provider) ?? [];
    return [...untrue(page, knows), ...brokenChains(log), ...unlike(knows, log)].map(
      (finding) => `${provider}: ${finding}`,
    );
  });
}

function untrue(page: Page, known: Known): Findings {
  const incidents = page.incidents.flatMap(({ id, title, status, updates }) => {
    const ours = known.incidents.get(id);
    const missing = updates.filter((update) => !ours?.updates.some((one) => one.id === update.id)).length;
    if (ours?.status !== status) return [`${title} is ${ours?.status ?? "not known"}, should be ${status}`];
    return missing ? [`${title} lacks ${missing} updates`] : [];
  });
  // A component that has never moved may be one that nobody has told us of.
  const components = page.components.flatMap(({ id, name, status }) => {
    const ours = known.components.get(id)?.status ?? "operational";
    return ours === status ? [] : [`${name} is ${ours}, should be ${status}`];
  });
  return [...incidents, ...components];
}

/** Each move of a component begins where the one before has ended; the first, where its vendor says. */
function brokenChains(log: readonly Event[]): Findings {
  const last = new Map<string, string>();
  return log.flatMap(({ component }) => {
    if (!component) return [];
    const before = last.get(component.id);
    last.set(component.id, component.status);
    return before === undefined || component.from === before
      ? []
      : [`${component.name} moved from ${component.from}, but was ${before}`];
  });
}

/** Where the log, replayed, does not lead to what is known. */
function unlike(known: Known, log: readonly Event[]): Findings {
  const { incidents } = log.reduce<Known>(recollect, nothing);
  const components = new Map(log.flatMap(({ component }) => (component ? [[component.id, component]] : [])));
  return [
    ...[...known.incidents.values()].flatMap(({ id, title, status, updates }) => {
      const replayed = incidents.get(id);
      const isSame = replayed?.status === status && replayed.updates.length === updates.length;
      return isSame ? [] : [`${title} is ${status}, but the log ends with ${replayed?.status ?? "nothing"}`];
    }),
    ...[...known.components.values()].flatMap(({ id, name, status }) => {
      const replayed = components.get(id)?.status ?? "operational";
      return replayed === status ? [] : [`${name} is ${status}, but the log ends with ${replayed}`];
    }),
  ];
}
