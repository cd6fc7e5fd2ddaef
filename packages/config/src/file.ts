import { formats, JsonPage } from "@statuswire/adapters";
import { nearest } from "@statuswire/catalog";
import { kinds } from "@statuswire/sinks";
import { z } from "zod";
import { issuesOf, valueAt } from "./issues.ts";
import { isHostOrRange } from "./private-hosts.ts";
import { intervalPattern } from "./interval.ts";
import type { Issue } from "./problems.ts";
import { Verify } from "./proof.ts";
import { PublicUrl } from "./public-url.ts";
import { NoiseEntry, RouteEntry } from "./routes.ts";
import { Order } from "./sinks.ts";

const howToSelect = "Write a list of ids, names or globs, or { include: […], exclude: […] }.";
const Patterns = z.array(z.string().min(1));

const Selection = z
  .union([Patterns, z.strictObject({ include: Patterns.optional(), exclude: Patterns.optional() })], {
    error: howToSelect,
  })
  .describe("Ids, exact names or globs (* and ?) to include, or { include: […], exclude: […] }");

const Page = z
  .url({ protocol: /^https?$/, error: "A page is a URL that begins with https:// (or http://)." })
  .refine((page) => !hasPassword(page), "A page's URL must not carry a user or password: it is shown in logs.");

const howToSayEvery = "An interval is a number of seconds, or a number with a unit: 60, 60s, 2m, 1h.";

const Every = z
  .union([z.int().positive(howToSayEvery), z.string().regex(intervalPattern, howToSayEvery)], {
    error: howToSayEvery,
  })
  .describe("How often to poll: 60, 60s, 2m. At least 15 s, or 1 s for a page on a private address");

const Described = z.strictObject({
  id: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/, "An id is letters, digits, '.', '_' and '-', at most 63 of them.")
    .optional()
    .describe("The provider's own name, also in /webhooks/:provider. A known service's id fills in the rest"),
  name: z.string().min(1).optional().describe("What people call it"),
  page: Page.optional().describe("The address of its status page"),
  format: z
    .enum(Object.keys(formats))
    .optional()
    .describe("How the page talks; `npm run -s statuswire -- detect URL` finds out"),
  json: JsonPage.optional().describe("For a page in no known format: which JSON paths hold what"),
  every: Every.optional(),
  verify: Verify.optional(),
  components: Selection.optional(),
  groups: Selection.optional(),
  regions: Selection.optional(),
  tags: z.array(z.string().min(1)).optional().describe("Words of your own, for routes to refer to"),
});

const KnownOrPage = z
  .string()
  .min(1)
  .superRefine((text, { addIssue }) => {
    if (isUrl(text)) Page.safeParse(text).error?.issues.forEach(({ message }) => addIssue(message));
  });

/** One entry of `providers`: a known service's id, a page's URL, or a mapping. */
export const ProviderEntry = z.union([KnownOrPage, Described], {
  error: "A provider is a known service's id, or a mapping with a page.",
});
export type ProviderEntry = z.infer<typeof ProviderEntry>;
export type DescribedProvider = z.infer<typeof Described>;

/** Of a provider's mapping that has mistakes: what can be used of it, and the keys that can't, also those that were misspelt. */
export function readableParts(entry: unknown): { described: DescribedProvider; unreadable: ReadonlySet<string> } {
  const written = z.record(z.string(), z.unknown()).catch({}).parse(entry);
  const parts: [string, unknown][] = [];
  const keys = Object.keys(Described.shape);
  const unknown = Object.keys(written).filter((key) => !keys.includes(key));
  const unreadable = new Set(unknown.flatMap((key) => nearest(key, keys) ?? []));
  for (const [key, schema] of Object.entries(Described.shape)) {
    const { success, data } = schema.safeParse(written[key]);
    if (success && data !== undefined) parts.push([key, written[key]]);
    else if (!success) unreadable.add(key);
  }
  return { described: Described.parse(Object.fromEntries(parts)), unreadable };
}

/** Where requests may go. */
export const Outbound = z.strictObject({
  allowPrivate: z
    .union(
      [
        z.boolean(),
        z.array(z.string().refine(isHostOrRange, "This is neither a host, an address nor a CIDR range.")),
      ],
      { error: "Write true, false, or a list of hosts and CIDR ranges." },
    )
    .optional()
    .describe("Hosts and CIDR ranges beyond the public Internet that may be asked; true: all of them"),
});

const SinkName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/i, "A sink's name is letters, digits, '_' and '-', at most 63 of them.");

// What else it may hold, its kind says; see sinks.ts.
const SinkEntry = z
  .looseObject({
    kind: z.enum(Object.keys(kinds)).describe("What kind of place it is; see docs/sinks"),
    order: Order.optional().describe(
      "all: every event, in order per provider; latest: one that a newer event of its subject has overtaken is left out; strict: every event, in order per subject; none: in no order. Unless said: all for programs (webhook, file, redis-stream, exec), latest for people and pagers",
    ),
  })
  .describe("A place that events go to: its kind, and that kind's options");

/** What is wrong with sinks whose names are refused: zod does not look at the value of such a key. */
export function misnamedSinkIssues(data: unknown, written: unknown): Issue[] {
  const sinks = z
    .record(z.string(), z.unknown())
    .catch({})
    .parse(valueAt(data, ["sinks"]));
  const misnamed = Object.entries(sinks).filter(([name]) => !SinkName.safeParse(name).success);
  return misnamed.flatMap(([name, entry]) => {
    const path = ["sinks", name];
    const { error } = SinkEntry.safeParse(entry);
    const checked = { data: valueAt(written, path), schema: z.toJSONSchema(SinkEntry, { io: "input" }) };
    return error ? issuesOf(error, checked).map((issue) => ({ ...issue, path: [...path, ...issue.path] })) : [];
  });
}

/** statuswire.yaml as it is written. */
export const ConfigFile = z.strictObject({
  providers: z.array(ProviderEntry).optional().describe("What to watch. Absent: OpenAI, Discord and Apple"),
  sinks: z
    .record(SinkName, SinkEntry)
    .optional()
    .describe("Where events go besides the console: a name for each place, and what it is"),
  routes: z
    .array(RouteEntry)
    .optional()
    .describe(
      "What goes where: rules, read from the top; the first that is about an event has it. Absent: all to all",
    ),
  noise: NoiseEntry.optional().describe("What is kept from people because it tells them nothing new"),
  outbound: Outbound.optional().describe("Where requests may go"),
  publicUrl: PublicUrl.optional().describe(
    "Where browsers open the dashboard, such as https://status.example.org: messages link there. PUBLIC_URL takes precedence",
  ),
  insecure: z
    .boolean()
    .optional()
    .describe("true: take webhooks that prove nothing, also where others than this machine can send them"),
});

/** The JSON Schema of statuswire.yaml, for editors. Made from what parseConfig itself checks. */
export function configJsonSchema() {
  return { title: "statuswire.yaml", ...z.toJSONSchema(ConfigFile, { io: "input" }) };
}

/** Whether a text is meant to be the address of a page. */
export function isUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

function hasPassword(page: string): boolean {
  if (!URL.canParse(page)) return false;
  const { username, password } = new URL(page);
  return username !== "" || password !== "";
}
