import { PayloadError } from "@statuswire/status";
import { XMLParser } from "fast-xml-parser";
import { json } from "./read.ts";

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
  maxNestedTags: 64,
});

/** Many times what any feed has. Together they bound how long one text takes to read, since nothing else can run meanwhile. */
const limits: readonly { what: string; pattern: RegExp; most: number }[] = [
  { what: "elements, attributes, comments or sections", pattern: /<[^/]|=\s*["']/g, most: 25_000 },
  { what: "character references", pattern: /&/g, most: 100_000 },
];
const longest = 2 * 1024 * 1024;

/**
 * XML text to a payload: elements by name (repeated ones as an array), attributes with a leading `@`, text beside
 * them as `#text`. Throws PayloadError for text that is malformed, declares types or entities, is nested too deep, or
 * has more in it than can be read without holding up everything else.
 */
export function xml(text: string): unknown {
  const bare = text.replace(/^\uFEFF/, "").trimStart();
  if (!bare.startsWith("<")) throw new PayloadError("The payload is not XML.");
  // No feed declares types; an HTML page does, and so does an entity bomb. Refused wherever it stands: which of them is
  // in a comment is a question that two parsers may answer in two ways.
  if (/<!doctype/i.test(bare)) throw new PayloadError("The payload is an HTML page or declares its own types.");
  refuseTooMuch(bare);
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is a second package for the same check
    return parser.parse(bare, true);
  } catch (cause) {
    throw new PayloadError(`The payload is not XML: ${(cause as Error).message.slice(0, 200)}`, { cause });
  }
}

/** For a page whose endpoints speak both. Throws PayloadError. */
export function xmlOrJson(text: string): unknown {
  return /^\uFEFF?\s*</.test(text) ? xml(text) : json(text);
}

function refuseTooMuch(text: string): void {
  if (text.length > longest)
    throw new PayloadError(`The XML is too long: ${text.length} characters, ${longest} at most.`);
  for (const { what, pattern, most } of limits) {
    if (occursMoreThan(most, pattern, text))
      throw new PayloadError(`The XML has too many ${what}: ${most} at most.`);
  }
}

function occursMoreThan(most: number, pattern: RegExp, text: string): boolean {
  const occurrences = text.matchAll(pattern);
  for (let count = 0; count <= most; count++) if (occurrences.next().done) return false;
  return true;
}
