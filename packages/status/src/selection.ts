import { matches, occurs } from "./glob.ts";
import type { Component } from "./snapshot.ts";

/** Patterns of ids or names. Nothing included means all are; what is excluded is out in any case. */
export interface Selection {
  include: readonly string[];
  exclude: readonly string[];
}

/** Which parts of a page are of interest. Every key that is given has its say; all must agree. */
export interface Selections {
  components?: Selection;
  groups?: Selection;
  regions?: Selection;
}

/** What a choice of components is made by. */
export type Selectable = Pick<Component, "name" | "group"> & { id?: string | undefined };

/**
 * Whether the component is of interest. `components` is held against its id and name, `groups` against its group,
 * `regions` against any whole word in its id, name or group (`us-east-1` in `EC2 (us-east-1)`).
 */
export function selects(selections: Selections, { id, name, group }: Selectable): boolean {
  const { components, groups, regions } = selections;
  return (
    passes(components, (pattern) => matches(pattern, [id, name])) &&
    passes(groups, (pattern) => matches(pattern, [group])) &&
    passes(regions, (pattern) => occurs(pattern, [id, name, group]))
  );
}

function passes(selection: Selection | undefined, hits: (pattern: string) => boolean): boolean {
  if (!selection) return true;
  const { include, exclude } = selection;
  return (include.length === 0 || include.some(hits)) && !exclude.some(hits);
}
