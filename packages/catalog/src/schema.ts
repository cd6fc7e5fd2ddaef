import { z } from "zod";

const Address = z.url({ protocol: /^https?$/ });

/** A service that is known to have a status page, as data/catalog.json writes it. */
export const Service = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  name: z.string().min(1),
  aliases: z.array(z.string().min(1)).default([]),
  domains: z
    .array(z.string().regex(/^[a-z0-9.-]+\.[a-z0-9-]+$/))
    .default([])
    .describe("Where the service itself lives: its site and its API"),
  page: Address.describe("Its status page, as people read it"),
  otherPages: z.array(Address).default([]).describe("Other addresses at which that page is or was found"),
  ask: Address.optional().describe("The page as its format needs it, where people read it at another address"),
  format: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional()
    .describe("How the page talks: a format of @statuswire/adapters. Absent: nobody knows, or we can't hear it"),
  sure: z.enum(["strong", "medium", "weak"]).describe("How sure we are of page and format; weak is only a hint"),
  why: z.string().min(1).describe("The evidence, as found"),
  mentions: z.int().positive().describe("How many of the lists in NOTICE name it"),
  movedTo: z.string().optional().describe("The id of the service that took its place"),
  defunct: z.string().optional().describe("That it is no more, since when, and who says so"),
});

export type Service = z.infer<typeof Service>;

/** data/catalog.json. */
export const Catalog = z.array(Service);
export type Catalog = z.input<typeof Catalog>;

/** The JSON Schema of data/catalog.json. */
export function catalogJsonSchema() {
  return { title: "The services that Statuswire knows", ...z.toJSONSchema(Catalog, { io: "input" }) };
}
