import { nearest } from "@statuswire/catalog";
import type { z } from "zod";
import type { Issue } from "./problems.ts";

type ZodIssue = z.core.$ZodIssue;

const kinds: Readonly<Record<string, string>> = {
  object: "a mapping",
  record: "a mapping",
  array: "a list",
  string: "a text",
  boolean: "true or false",
  number: "a number",
};

/** What was checked: the data as it is written, and the JSON Schema of what it should be. */
interface Checked {
  data: unknown;
  schema: unknown;
}

/** What zod found, in words for the person who wrote the file, with the nearest right key or value. */
export function issuesOf(error: z.ZodError, checked: Checked): Issue[] {
  return error.issues.flatMap(fitting).flatMap((issue) => worded(issue, checked));
}

// Of a union's branches, speak of the one that was meant: its outermost type is right, and the least is wrong with it.
function fitting(issue: ZodIssue): ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const [meant] = issue.errors
    .filter(([first]) => first && !(first.path.length === 0 && isOtherType(first)))
    .toSorted((a, b) => a.length - b.length);
  if (!meant) return [issue];
  return meant.flatMap((inner) => fitting({ ...inner, path: [...issue.path, ...inner.path] }));
}

function isOtherType(issue: ZodIssue): boolean {
  if (issue.code === "invalid_value") return issue.values.every((value) => typeof value === "boolean");
  return issue.code === "invalid_type";
}

function worded(issue: ZodIssue, { data, schema }: Checked): Issue[] {
  const { path } = issue;
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        atKey: true,
        ...unknownWord(`"${key}" is not a key here.`, key, known),
      }));
    }
    case "invalid_value": {
      const value = valueAt(data, path);
      const written = typeof value === "string" ? value : JSON.stringify(value ?? "");
      const message = value === undefined ? missing(path) : `"${written}" is not known here.`;
      return [{ path, ...unknownWord(message, written, issue.values.map(String)) }];
    }
    case "invalid_type": {
      return [{ path, message: otherType(issue.expected, { path, value: valueAt(data, path) }) }];
    }
    case "invalid_key":
      return [{ path, atKey: true, message: issue.issues[0]?.message ?? issue.message }];
    default:
      return [{ path, message: issue.message }];
  }
}

function otherType(expected: string, { path, value }: { path: readonly PropertyKey[]; value: unknown }): string {
  const wanted = kinds[expected] ?? expected;
  if (value === undefined) return missing(path);
  if (value === null && wanted === kinds["object"])
    return `"${String(path.at(-1))}" is empty. What belongs to it is written below it, indented further.`;
  return `This should be ${wanted}.`;
}

function missing(path: readonly PropertyKey[]): string {
  return `"${String(path.at(-1))}" is missing.`;
}

function unknownWord(
  message: string,
  typed: string,
  known: readonly string[],
): Pick<Issue, "message" | "nearest"> {
  const meant = nearest(typed, known);
  return meant === undefined
    ? { message: `${message} There are: ${known.join(", ")}.` }
    : { message, nearest: meant };
}

function keysAt(schema: unknown, path: readonly PropertyKey[]): string[] {
  const here = path.reduce<unknown[]>((schemas, step) => schemas.flatMap((each) => within(each, step)), [schema]);
  const mappings = here.flatMap(branches).map((branch) => valueAt(branch, ["properties"]));
  return mappings.flatMap((properties) => Object.keys(properties ?? {}));
}

function within(schema: unknown, step: PropertyKey): unknown[] {
  const into = typeof step === "number" ? ["items"] : ["properties", step];
  return branches(schema).map((branch) => valueAt(branch, into));
}

function branches(schema: unknown): unknown[] {
  const anyOf = valueAt(schema, ["anyOf"]);
  return Array.isArray(anyOf) ? anyOf.flatMap(branches) : [schema];
}

/** What stands at a place in data, or undefined. */
export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    data,
  );
}
