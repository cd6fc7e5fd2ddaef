import { z } from "zod";

/** How sure we are of the page and how it talks: `weak` is a hint, worth a look before relying on it. */
export const Sure = z.enum(["strong", "medium", "weak"]);
export type Sure = z.infer<typeof Sure>;

/** A service that is known to have a status page. */
export const Service = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  name: z.string().min(1),
  aliases: z.array(z.string().min(1)).default([]),
  /** Where the service itself lives: its site and its API. */
  domains: z.array(z.string().regex(/^[a-z0-9.-]+\.[a-z0-9-]+$/)).default([]),
  page: z.url({ protocol: /^https?$/ }),
  /** Other addresses at which the same page is or was found. */
  otherPages: z.array(z.url({ protocol: /^https?$/ })).default([]),
  /** The page's id with whoever hosts it; some formats can't be asked without. */
  pageId: z.string().min(1).optional(),
  /** How the page talks: a name in the registry of `@statuswire/adapters`. Absent: nobody knows, or we can't hear it. */
  format: z
    .string()
    .regex(/^[a-z0-9]+$/)
    .optional(),
  sure: Sure,
  /** The evidence, as found. */
  why: z.string().min(1),
  /** How many of the lists in NOTICE name it. */
  mentions: z.int().positive(),
  /** The id of the service that took its place. */
  movedTo: z.string().optional(),
  /** Since when it is no more, and says who. */
  defunct: z.string().optional(),
});
export type Service = z.infer<typeof Service>;

/** data/catalog.json. */
export const Catalog = z.array(Service);

/** The JSON Schema of data/catalog.json. */
export function catalogJsonSchema() {
  return { title: "The services that Statuswire knows", ...z.toJSONSchema(Catalog, { io: "input" }) };
}
