import {
  type Dependencies,
  type Kind,
  type KindName,
  kinds,
  type Patience,
  patienceOf,
  Secret,
  type Sink,
} from "@statuswire/sinks";
import { type Audience, consoleName } from "@statuswire/status";
import { z } from "zod";
import { issuesOf } from "./issues.ts";
import type { Issue } from "./problems.ts";

/** A place that the configuration sends events to. Its options, secrets among them, stay in here. */
export interface ConfiguredSink {
  name: string;
  kind: KindName;
  audience: Audience;
  patience: Patience;
  order: Order;
  create(dependencies: Dependencies): Sink;
  /** A text with its secrets replaced. */
  redact(text: string): string;
}

/**
 * In which order a sink gets events. `all`: every one, each after those before it of its provider; `latest`: one that a newer event of
 * its subject has overtaken is left out; `strict`: every one, each after those before it of its subject; `none`: each as soon as it can.
 */
export const Order = z.enum(["all", "latest", "strict", "none"]);
export type Order = z.infer<typeof Order>;

interface Checked {
  sinks: ConfiguredSink[];
  /** Those with mistakes among them. */
  names: string[];
  issues: Issue[];
}

/** `sinks` as written: a mapping of a name to a kind and that kind's options. */
export function checkSinks(data: unknown, written: unknown): Checked {
  const entries = Mapping.parse(data);
  const texts = Mapping.parse(written);
  const checked = Object.entries(entries).map(([name, entry]) => checkSink(name, { entry, written: texts[name] }));
  return {
    sinks: checked.flatMap(({ sink }) => (sink ? [sink] : [])),
    names: Object.keys(entries),
    issues: checked.flatMap(({ issues }) => issues),
  };
}

/** The console as it is where the configuration says nothing of it. */
export function defaultConsole(format: "line" | "json"): ConfiguredSink {
  const { sink } = checkSink(consoleName, { entry: { kind: "console", format }, written: {} });
  if (!sink) throw new Error("The console's own options were refused.");
  return sink;
}

const Mapping = z.record(z.string(), z.unknown()).catch({});
const Named = z.looseObject({
  kind: z.enum(Object.keys(kinds) as [KindName, ...KindName[]]), // its own keys
  // A word that it does not know, the file's own schema tells.
  order: Order.optional().catch(undefined),
});

interface Entry {
  entry: unknown;
  written: unknown;
}

// A kind that there is not, or an entry that is no mapping, the file's own schema tells.
function checkSink(name: string, { entry, written }: Entry): { sink?: ConfiguredSink; issues: Issue[] } {
  const named = Named.safeParse(entry);
  if (!named.success) return { issues: [] };
  const { kind: kindName, order: wanted, ...options } = named.data;
  if (name === consoleName && kindName !== "console") return { issues: [takenName] };
  const kind: Kind = kinds[kindName];
  const order = wanted ?? (kind.audience === "program" ? "all" : "latest");
  const parsed = kind.options.safeParse(options);
  if (parsed.success) {
    const create = (dependencies: Dependencies) => kind.create(parsed.data, dependencies);
    const redact = redacting(parsed.data);
    const traits = { audience: kind.audience, patience: patienceOf(kind), order };
    return { sink: { name, kind: kindName, ...traits, create, redact }, issues: [] };
  }
  const schema = z.toJSONSchema(kind.options, { io: "input" });
  // Almost any option may hold a secret, so none is quoted.
  const issues = issuesOf(parsed.error, { data: Mapping.parse(written), schema });
  return {
    issues: issues.map((issue) => ({ ...issue, path: ["sinks", name, ...issue.path], isSecret: !issue.atKey })),
  };
}

/** Replaces whatever the options hold as secrets, also as JSON writes it. */
function redacting(options: unknown): (text: string) => string {
  const secrets = secretsIn(options).flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return (text) => secrets.reduce((redacted, secret) => redacted.replaceAll(secret, "[secret]"), text);
}

function secretsIn(value: unknown): string[] {
  if (value instanceof Secret) return [value.reveal()];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(secretsIn) : [];
}

const takenName: Issue = {
  path: ["sinks", consoleName],
  message: `The name "${consoleName}" is for a sink of the kind console. Give this one another.`,
};
