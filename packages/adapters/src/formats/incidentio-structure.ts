import { z } from "zod";
import { defined, id, list, optional } from "../payload.ts";

/** A component's place on a page. */
export interface Place {
  id: string;
  name: string;
  group?: string;
}

const Leaf = z
  .object({ component_id: id, name: z.string().trim() })
  .transform(({ component_id, name }): Place => ({ id: component_id, name }));

const Group = z
  .object({ name: optional(z.string().trim()), components: list(Leaf) })
  .transform(({ name, components }): Place[] =>
    components.entries.map((place) => ({ ...place, ...defined({ group: name }) })),
  );

const shape = { component: optional(Leaf), group: optional(Group) };

const Item = z.object(shape).transform(places);

// Sub-pages hold items too, but no further sub-pages.
const TopItem = z
  .object({ ...shape, sub_page: optional(z.object({ items: list(Item) })) })
  .transform(({ sub_page, ...item }): Place[] => [...places(item), ...(sub_page?.items.entries.flat() ?? [])]);

/** A page's components in the page's order, each once, with the groups they stand in. */
export const Structure = z
  .object({ items: list(TopItem) })
  .transform(({ items }): Place[] => [
    ...new Map(items.entries.flat().map((place) => [place.id, place])).values(),
  ]);

function places({ component, group }: { component?: Place | undefined; group?: Place[] | undefined }): Place[] {
  return [...(component ? [component] : []), ...(group ?? [])];
}
