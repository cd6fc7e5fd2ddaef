import { isMap, isNode, isScalar, type Document, type LineCounter, type Scalar } from "yaml";

/** Something that is wrong with the configuration, by its place in the data. */
export interface Issue {
  path: readonly PropertyKey[];
  message: string;
  nearest?: string | undefined;
  /** The path's last step is a key that should not be there: point at the key, not at its value. */
  atKey?: boolean;
  /** What stands there may be secret: it is not repeated. */
  isSecret?: boolean;
}

/** Something that is wrong with the configuration, by its place in the file. Lines and columns count from 1. */
export interface Problem {
  line: number;
  column: number;
  /** `providers[0].format` */
  path: string;
  message: string;
  /** As it is written in the file, so never a secret. */
  value?: string;
  /** The right value that is closest to it. */
  nearest?: string;
}

/** The configuration cannot be used. Its message lists everything that is wrong, one `file:line:column: …` a line. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    const ordered = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
    super(
      ordered.map(({ line, column, message }) => `${file}:${line}:${column}: ${printable(message)}`).join("\n"),
    );
    this.problems = ordered;
  }
}

// A message quotes the file, and ends up on a terminal.
function printable(message: string): string {
  return message.replace(/\p{Cc}+/gu, " ");
}

/** Where in the file an issue is, and what stands there. */
export function locate(
  { path, message, nearest, atKey, isSecret }: Issue,
  document: Document,
  lines: LineCounter,
): Problem {
  const found = atKey ? { node: keyNode(document, path), path } : closest(document, path);
  const value = isScalar(found.node) && !isSecret && !path.includes("secret") ? shown(found.node) : undefined;
  return {
    ...positionOf(found.node, lines),
    path: pathText(value === undefined ? path : found.path),
    message: [
      message,
      value !== undefined && !message.includes(value) && `It says "${value}".`,
      nearest !== undefined && `Did you mean "${nearest}"?`,
    ]
      .filter(Boolean)
      .join(" "),
    ...(value !== undefined && { value }),
    ...(nearest !== undefined && { nearest }),
  };
}

function positionOf(node: unknown, lines: LineCounter): { line: number; column: number } {
  const { line, col } = lines.linePos(isNode(node) ? (node.range?.[0] ?? 0) : 0);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

// As it is written, but a password in a URL is nothing to repeat.
function shown({ source, value }: Scalar): string {
  return (source ?? String(value)).replace(/\/\/[^/@]*@/, "//…@");
}

/** The node at a place; for what is missing, the mapping or list where it should have been. */
export function closest(
  document: Document,
  path: readonly PropertyKey[],
): { node: unknown; path: readonly PropertyKey[] } {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) || path.length === 0 ? { node, path } : closest(document, path.slice(0, -1));
}

function keyNode(document: Document, path: readonly PropertyKey[]): unknown {
  const { node: map } = closest(document, path.slice(0, -1));
  if (!isMap(map)) return map;
  return map.items.map(({ key }) => key).find((key) => isScalar(key) && String(key.value) === String(path.at(-1)));
}

function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step, i) => (typeof step === "number" ? `[${step}]` : `${i ? "." : ""}${String(step)}`))
    .join("");
}
