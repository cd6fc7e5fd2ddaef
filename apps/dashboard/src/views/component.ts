import { ComponentStatus, type KnownComponent, Time, worse } from "@statuswire/status";
import { z } from "zod";
import type { Watched } from "../board.ts";
import { scopedId } from "./affair.ts";

export const ComponentView = z.object({
  id: z.string().describe("The provider's id, a colon, the vendor's id."),
  provider: z.string(),
  name: z.string(),
  group: z.string().optional(),
  status: ComponentStatus,
  rawStatus: z.string().optional().describe("The vendor's own word, where it is not the field's."),
  updatedAt: Time,
});
export type ComponentView = z.infer<typeof ComponentView>;

function componentView(provider: string, component: KnownComponent): ComponentView {
  const { id, name, group, status, rawStatus, updatedAt } = component;
  return {
    ...{ id: scopedId(provider, id), provider, name, status, updatedAt },
    ...(group === undefined ? {} : { group }),
    ...(rawStatus === undefined ? {} : { rawStatus }),
  };
}

/** A provider's components, the worst first, then in order of group and name. */
export function componentsOf({ id, known }: Watched): ComponentView[] {
  return [...known.components.values()].map((component) => componentView(id, component)).sort(byState);
}

function byState(one: ComponentView, other: ComponentView): number {
  return (
    compareStates(one.status, other.status) ||
    (one.group ?? "").localeCompare(other.group ?? "") ||
    one.name.localeCompare(other.name)
  );
}

/** For sorting: the worse state first. */
export function compareStates(one: ComponentStatus, other: ComponentStatus): number {
  if (one === other) return 0;
  return worse(one, other) === one ? -1 : 1;
}
