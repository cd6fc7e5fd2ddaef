import { z } from "zod";
import { id, list, optional } from "../payload.ts";

export const Resource = z.object({
  type: z.string(),
  id,
  attributes: z.record(z.string(), z.unknown()),
  relationships: optional(z.record(z.string(), z.object({ data: z.unknown().optional() }))),
});
export type Resource = z.infer<typeof Resource>;

/** One of version 3's entries with what belongs to it, which JSON:API sets apart. Others are as they were. */
export function flat(entry: unknown, included: readonly Resource[]): unknown {
  const { data: resource } = Resource.safeParse(entry);
  if (!resource) return entry;
  const related = (name: string) =>
    included.filter(({ type, id }) => isNamed(resource.relationships?.[name]?.data, type, id));
  const [group] = related("group");
  return {
    ...resource.attributes,
    id: resource.id,
    ...(group ? { group: group.attributes.name } : {}),
    components: related("components").map(({ id, attributes }) => ({ ...attributes, id })),
    updates: related("updates").map(({ id, attributes }) => ({ ...attributes, id })),
  };
}

const Reference = z.object({ type: z.string(), id });

function isNamed(data: unknown, type: string, id: string): boolean {
  const references = list(Reference).parse(Array.isArray(data) ? data : [data]).entries;
  return references.some((reference) => reference.type === type && reference.id === id);
}
