/** Something in a payload, and the key or the index under which it stands. */
export interface Found {
  key: string;
  value: unknown;
}

/** Finds all that is where a path points, in order; nothing when nothing is. */
export type Path = (from: Found) => Found[];

const token = /^(?:([\w -]+)|(\*)|(~)|\[(\d+)\]|\[(\*)\]|\["([^"]+)"\])(?:\.(?=.)|(?=\[)|$)/;

/**
 * `$.data.services`, `services[0].name`, `status["current state"]`. `*` is every entry of a list or an object,
 * `~` the key under which something stands, and `$` alone the payload. Nothing is evaluated.
 * Throws SyntaxError for what is no path.
 */
export function path(text: string): Path {
  const steps: Path[] = [];
  let rest = text.trim().replace(/^\$\.?/, "");
  while (rest !== "") {
    const [whole = "", name, every, key, index, everyToo, quoted] = token.exec(rest) ?? [];
    if (whole === "") throw new SyntaxError(`"${text}" is not a path: write it like $.services or data[0].name.`);
    if (every ?? everyToo) steps.push(entries);
    else if (key) steps.push(keyOf);
    else steps.push(entry(name?.trim() ?? index ?? quoted ?? ""));
    rest = rest.slice(whole.length);
  }
  return (from) => steps.reduce((found, step) => found.flatMap(step), [from]);
}

function entries({ value }: Found): Found[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as Record<string, unknown>).map(([key, inner]) => ({ key, value: inner }));
}

function entry(key: string): Path {
  return ({ value }) => {
    const isThere =
      typeof value === "object" && value !== null && Object.prototype.propertyIsEnumerable.call(value, key);
    return isThere ? [{ key, value: Reflect.get(value, key) as unknown }] : [];
  };
}

function keyOf({ key }: Found): Found[] {
  return [{ key, value: key }];
}
