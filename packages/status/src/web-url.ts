import { z } from "zod";

/** More than any browser's address bar holds. */
const longest = 2000;

const unsafe = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;

/** A vendor's text as an address on the web that a reader may follow, or nothing: a `javascript:` URL is no such address. */
export function webUrl(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || text.length > longest || !URL.canParse(text)) return undefined;
  return unsafe.test(text) ? new URL(text).href : text;
}

/** An address on the web. What was stored as one and is none, is left out. */
export const WebUrl = z
  .string()
  .refine((text) => webUrl(text) === text)
  .optional()
  .catch(undefined);
