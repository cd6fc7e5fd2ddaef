import { LineCounter, parseDocument, type Document } from "yaml";
import { z } from "zod";
import { defaultConfig, type AllowPrivate, type Config, type Provider } from "./config.ts";
import { fillIn, type Environment } from "./environment.ts";
import {
  ConfigFile,
  configJsonSchema,
  Outbound,
  misnamedSinkIssues,
  ProviderEntry,
  readableParts,
} from "./file.ts";
import { issuesOf, valueAt } from "./issues.ts";
import { checkPublicUrl } from "./public-url.ts";
import { closest, ConfigError, locate, type Issue } from "./problems.ts";
import { resolveProvider } from "./resolve.ts";
import { checkRouting } from "./routing.ts";
import { checkSinks } from "./sinks.ts";
import { joinedItems, syntaxProblems } from "./syntax.ts";

/** The name that messages give to a file which has no other. */
export const usualFile = "statuswire.yaml";

/** statuswire.yaml's text as a Config; `file` is its name in messages. Pure. Throws ConfigError that names every mistake. */
export function parseConfig(text: string, env: Environment, file: string = usualFile): Config {
  const { document, lines } = readYaml(text, file);
  const written = valueOf(document, file);
  const filled = fillIn(written, env);
  const { config, issues } = check(filled.data, written, env);
  const joined = joinedItems(document, text, lines);
  const told = [...filled.issues, ...unlessUnset(issues, filled.issues)];
  const problems = [
    ...syntaxProblems([...document.errors, ...document.warnings], lines),
    ...joined.map(({ problem }) => problem),
    // What such a text says is nothing that anybody wrote.
    ...told
      .filter(({ path }) => !joined.some(({ node }) => node === closest(document, path).node))
      .map((issue) => locate(issue, document, lines)),
  ];
  if (problems.length > 0) throw new ConfigError(file, problems);
  return config;
}

/** The text as a YAML document that can be looked into and edited. Throws ConfigError when it is not YAML. */
export function readYaml(text: string, file: string = usualFile): { document: Document; lines: LineCounter } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  // A key that is there twice is a mistake, but leaves the rest readable.
  const isReadable = document.errors.every(({ code }) => code === "DUPLICATE_KEY");
  if (isReadable) return { document, lines };
  throw new ConfigError(file, syntaxProblems(document.errors, lines));
}

function valueOf(document: Document, file: string): unknown {
  try {
    return document.toJS() ?? {};
  } catch (error) {
    // An alias of nothing, or a bomb of them.
    throw new ConfigError(file, [{ line: 1, column: 1, path: "", message: String(error) }]);
  }
}

// What comes from the environment may be secret: a mistake is told with what is written.
function check(data: unknown, written: unknown, env: Environment): { config: Config; issues: Issue[] } {
  const shape = ConfigFile.safeParse(data);
  const { outbound, providers, publicUrl: said, insecure } = parts(data);
  const { publicUrl, issues: publicUrlIssues } = checkPublicUrl(said, env);
  const entries = providers.map((entry, index) => atIndex(index, checkEntry(entry, outbound.allowPrivate)));
  const checked = entries.flatMap(({ provider }) => (provider ? [provider] : []));
  const {
    sinks,
    names: sinkNames,
    issues: sinkIssues,
  } = checkSinks(valueAt(data, ["sinks"]), valueAt(written, ["sinks"]));
  const unsaid = shape.success && shape.data.providers === undefined;
  const watched = unsaid ? defaultConfig.providers : checked;
  const { routing, issues: routingIssues } = checkRouting(data, { providers: watched, sinks: sinkNames });
  const issues = [
    ...(shape.success ? [] : issuesOf(shape.error, { data: written, schema: configJsonSchema() })),
    ...misnamedSinkIssues(data, written),
    ...sinkIssues,
    ...entries.flatMap((entry) => entry.issues),
    ...routingIssues,
    ...publicUrlIssues,
    ...repeated(entries.map(({ provider }) => provider?.id)),
  ];
  return { config: { providers: watched, sinks, routing, outbound, publicUrl, insecure }, issues };
}

// Each part is read by itself, so that a mistake in one does not hide those in another.
const Parts = z
  .object({
    providers: z.array(z.unknown()).catch([]),
    outbound: z.unknown().optional(),
    publicUrl: z.unknown().optional(),
    insecure: z.boolean().catch(false),
  })
  .catch({ providers: [], outbound: undefined, publicUrl: undefined, insecure: false });

function parts(
  data: unknown,
): Pick<Config, "outbound" | "insecure"> & { providers: unknown[]; publicUrl: unknown } {
  const { outbound, providers, publicUrl, insecure } = Parts.parse(data);
  const reach = Outbound.safeParse(outbound ?? {});
  return {
    outbound: { allowPrivate: reach.success ? (reach.data.allowPrivate ?? false) : true },
    providers,
    publicUrl,
    insecure,
  };
}

// What is wrong with one key does not hide what is wrong with the others.
function checkEntry(entry: unknown, allowPrivate: AllowPrivate): { provider?: Provider; issues: Issue[] } {
  const shape = ProviderEntry.safeParse(entry);
  if (shape.success) return resolveProvider(shape.data, allowPrivate);
  const { described, unreadable } = readableParts(entry);
  // Which page is meant can't be told then.
  if (typeof entry !== "object" || ["id", "page"].some((key) => unreadable.has(key))) return { issues: [] };
  return resolveProvider(described, allowPrivate);
}

function atIndex<Checked extends { issues: Issue[] }>(index: number, checked: Checked): Checked {
  const issues = checked.issues.map((issue) => ({ ...issue, path: ["providers", index, ...issue.path] }));
  return { ...checked, issues };
}

function repeated(ids: readonly (string | undefined)[]): Issue[] {
  return ids.flatMap((id, index) => {
    if (id === undefined || ids.indexOf(id) === index) return [];
    const message = `There is already a provider called "${id}". Give one of them another id.`;
    return [{ path: ["providers", index, "id"], message }];
  });
}

// What is said of a value that could not be filled in would only repeat that.
function unlessUnset(issues: readonly Issue[], unset: readonly Issue[]): Issue[] {
  const places = new Set(unset.map(({ path }) => JSON.stringify(path)));
  return issues.filter(({ path }) => !places.has(JSON.stringify(path)));
}
