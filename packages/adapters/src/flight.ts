import { PayloadError } from "@statuswire/status";
import { json } from "./read.ts";

/** What follows a chunk's opening: a JSON string and the end of the call. https://nextjs.org/docs/app (flight data) */
const push = "self.__next_f.push([1,";

/** The data that a Next.js page is made of: the chunks in its HTML as one text. Empty when there are none. Throws PayloadError. */
export function flightIn(html: string): string {
  return html
    .split(push)
    .slice(1)
    .map((rest) => stringAt(rest))
    .join("");
}

/** The first object under a key in such data; undefined when there is none. Throws PayloadError when it is cut short. */
export function objectIn(flight: string, key: string): unknown {
  const opening = `"${key}":{`;
  const start = flight.indexOf(opening);
  if (start < 0) return undefined;
  return withoutUndefined(json(objectAt(flight, start + opening.length - 1)));
}

function stringAt(text: string): string {
  const end = endOfString(text, 0);
  const chunk = json(text.slice(0, end + 1));
  return typeof chunk === "string" ? chunk : "";
}

function objectAt(text: string, start: number): string {
  let level = 0;
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') at = endOfString(text, at);
    else if (char === "{") level++;
    else if (char === "}" && --level === 0) return text.slice(start, at + 1);
  }
  throw new PayloadError("The payload is a page that ends in the middle of its data.");
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === "\\" ? 2 : 1;
  return at;
}

// React writes what is absent as this word.
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== "$undefined")
      .map(([key, inner]) => [key, withoutUndefined(inner)]),
  );
}
