import { HttpError } from "@statuswire/service";
import { isDeeper } from "@statuswire/status";
import { parse as parseLeniently, type ParseError, printParseErrorCode } from "jsonc-parser";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A request's bytes as the JSON text they must be, nested `deepest` levels at most: code that comes later overflows its stack
 * from about 3,000. Nothing is made of it: the worker reads it. Throws HttpError 400 that says where.
 */
export function jsonText(bytes: Buffer, deepest: number): string {
  const text = decode(bytes);
  if (isDeeper(parse(text), deepest)) {
    throw new HttpError(400, "too_deep", { detail: `The body is nested deeper than ${deepest} levels.` });
  }
  return text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch {
    throw new HttpError(400, "not_json", { detail: `The body is not JSON: ${whereItFails(text)}.` });
  }
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new HttpError(400, "not_utf8", { detail: "The body is not valid UTF-8." });
  }
}

// JSON.parse does not always say where; this slower parser does, and only runs when there is something to say.
function whereItFails(text: string): string {
  if (!text.trim()) return "it is empty";
  const error = firstError(text);
  if (!error) return "it is malformed";
  const before = text.slice(0, error.offset).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  const what = printParseErrorCode(error.error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return `${what} at line ${before.length}, column ${column}`;
}

function firstError(text: string): ParseError | undefined {
  const errors: ParseError[] = [];
  try {
    parseLeniently(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  } catch {
    return undefined;
  }
  return errors[0];
}
