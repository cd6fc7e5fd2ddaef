import type { Issue } from "./problems.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const reference = /\$\$|\$\{([^}]*)\}/g;

/** The data with `${NAME}` replaced from the environment, `$$` by `$`, and an issue for each name that is not set. */
export function fillIn(data: unknown, env: Environment): { data: unknown; issues: Issue[] } {
  const issues: Issue[] = [];
  return { data: fill(data, []), issues };

  function fill(value: unknown, path: readonly PropertyKey[]): unknown {
    if (typeof value === "string")
      return value.replace(reference, (text, name: string | undefined) => lookUp(text, name, path));
    if (Array.isArray(value)) return value.map((item, index) => fill(item, [...path, index]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, [...path, key])]));
  }

  function lookUp(text: string, name: string | undefined, path: readonly PropertyKey[]): string {
    if (name === undefined) return "$";
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value !== undefined && value !== "") return value;
    issues.push({ path, message: `The environment variable ${name || "between ${ and }"} is not set.` });
    return text;
  }
}

/** The names of all variables that a text refers to. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(reference)].flatMap(([, name]) => name ?? []);
}
