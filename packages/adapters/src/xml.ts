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

/**
 * XML text to a payload: elements by name (repeated ones as an array), attributes with a leading `@`, text beside
 * them as `#text`. Throws PayloadError for text that is malformed, declares types or entities, or is nested too deep.
 */
export function xml(text: string): unknown {
  const bare = text.replace(/^\uFEFF/, "").trimStart();
  if (!bare.startsWith("<")) throw new PayloadError("The payload is not XML.");
  // No feed declares types; an HTML page does, and so does an entity bomb.
  if (/<!doctype/i.test(prolog(bare)))
    throw new PayloadError("The payload is an HTML page or declares its own types.");
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

function prolog(text: string): string {
  const root = text.search(/<[a-z_]/i);
  return root < 0 ? text : text.slice(0, root);
}
