import { nearest } from "@statuswire/catalog";
import type { z } from "zod";
import { configJsonSchema } from "./file.ts";
import type { Issue } from "./problems.ts";

type ZodIssue = z.core.$ZodIssue;

const kinds: Readonly<Record<string, string>> = {
  object: "a mapping",
  array: "a list",
  string: "a text",
  boolean: "true or false",
};

/** What zod found, in words for the person who wrote the file, with the nearest right key or value. */
export function issuesOf(error: z.ZodError, data: unknown): Issue[] {
  return error.issues.flatMap(fitting).flatMap((issue) => worded(issue, data));
}

// Of a union's branches, speak of the one that was meant: the one whose outermost type is right.
function fitting(issue: ZodIssue): ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const meant = issue.errors.find(
    ([first]) => first && !(first.code === "invalid_type" && first.path.length === 0),
  );
  if (!meant) return [issue];
  return meant.flatMap((inner) => fitting({ ...inner, path: [...issue.path, ...inner.path] }));
}

function worded(issue: ZodIssue, data: unknown): Issue[] {
  const { path } = issue;
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = keysAt(configJsonSchema(), path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        atKey: true,
        ...unknownWord(`"${key}" is not a key here.`, key, known),
      }));
    }
    case "invalid_value": {
      const value = String(valueAt(data, path));
      return [{ path, ...unknownWord(`"${value}" is not known here.`, value, issue.values.map(String)) }];
    }
    case "invalid_type":
      return [{ path, message: `This should be ${kinds[issue.expected] ?? issue.expected}.` }];
    default:
      return [{ path, message: issue.message }];
  }
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

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined),
    data,
  );
}
