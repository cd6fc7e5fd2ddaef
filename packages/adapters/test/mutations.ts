/** One thing that is wrong with a payload. */
export interface Mutation {
  what: string;
  payload: unknown;
  /** Whether the vendor, too, would say so when there is nothing in a list. */
  empties: boolean;
}

type Path = readonly (string | number)[];

const dropped = Symbol("dropped");

/** What no vendor sends: other types, names of prototypes, times that are none, and more of it than anybody needs. */
const hostile: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  Number.NaN,
  "",
  "constructor",
  "__proto__",
  "0000-00-00T99:99:99Z",
  "Invalid Date",
  "x".repeat(10 * 1024 * 1024),
  [],
  {},
  [[[null]]],
  nested(10_000),
];

/** A payload with, each time, one field dropped, nulled, of another type or of a hostile value. */
export function* mutationsOf(payload: unknown): Generator<Mutation> {
  for (const path of pathsIn(payload)) {
    const before = path.reduce<unknown>((at, key) => childOf(at, key), payload);
    const isEntry = typeof path.at(-1) === "number";
    for (const value of [dropped, ...hostile]) {
      // Without an entry a list says less, but is no less right; and what is of the same type may be right.
      if ((isEntry && value === dropped) || isPlausible(before, value)) continue;
      const empties = Array.isArray(before) && (value === dropped || value === null);
      yield { what: `${path.join(".")} = ${named(value)}`, payload: replaced(payload, path, value), empties };
    }
  }
}

/** The same payload with the keys of every object the other way round. */
export function reversed(payload: unknown): unknown {
  if (Array.isArray(payload)) return payload.map(reversed);
  if (typeof payload !== "object" || payload === null) return payload;
  const entries = Object.entries(payload).toReversed();
  return Object.fromEntries(entries.map(([key, value]) => [key, reversed(value)]));
}

/** Texts that no page means. */
export const nonsense: readonly string[] = [
  "",
  "null",
  "42",
  '"text"',
  "{}",
  "<!doctype html><html><body>Log in</body></html>",
  "<html><head><title>404</title></head></html>",
  "[".repeat(10_000) + "]".repeat(10_000),
  '{"components":'.repeat(10_000) + "1" + "}".repeat(10_000),
  "x".repeat(1024 * 1024),
];

/** A text that ends too soon, each time elsewhere. */
export function truncations(text: string): string[] {
  return [0.1, 0.3, 0.5, 0.7, 0.9, 0.99].map((part) => text.slice(0, Math.floor(text.length * part)));
}

/** Every place in a payload; of a list the first and the last entry, of a list within lists the first. */
function pathsIn(value: unknown, at: Path = []): Path[] {
  const isInList = at.some((key) => typeof key === "number");
  const keys = Array.isArray(value)
    ? [...new Set([0, isInList ? 0 : value.length - 1])].filter((index) => index in value)
    : typeof value === "object" && value !== null
      ? Object.keys(value)
      : [];
  return keys.flatMap((key) => [[...at, key], ...pathsIn(childOf(value, key), [...at, key])]);
}

function isPlausible(before: unknown, value: unknown): boolean {
  if (Array.isArray(value)) return Array.isArray(before) && value.length === 0;
  return typeof before === "boolean" && typeof value === "boolean";
}

function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  const inner = replaced(childOf(value, key), rest, by);
  if (Array.isArray(value)) return value.map((entry: unknown, index) => (index === key ? inner : entry));
  const others = Object.entries(value as object).filter(([name]) => name !== key || inner !== dropped);
  return Object.fromEntries(others.map(([name, entry]) => [name, name === key ? inner : entry]));
}

function childOf(value: unknown, key: string | number): unknown {
  return (value as Record<string | number, unknown>)[key];
}

function nested(depth: number): unknown {
  let value: unknown = "bottom";
  for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { components: value };
  return value;
}

function named(value: unknown): string {
  if (value === dropped) return "dropped";
  if (typeof value === "string") return JSON.stringify(value.slice(0, 30));
  return typeof value === "object" && value !== null
    ? Array.isArray(value)
      ? "a list"
      : "an object"
    : String(value);
}
