import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export interface Validators {
  etag: string;
  /** An HTTP date: whole seconds. */
  lastModified: string;
}

/** Weak like Statuspage's, or strong; both from the content alone. */
export function validatorsOf(body: string, { modified, weak }: { modified: Date; weak: boolean }): Validators {
  const tag = `"${createHash("sha256").update(body).digest("hex").slice(0, 32)}"`;
  return { etag: weak ? `W/${tag}` : tag, lastModified: modified.toUTCString() };
}

/**
 * Whether the asker already has it. A date counts only where no tag is given (RFC 9110 §13.2.2): two changes in one second
 * share theirs, so who asks by date alone may miss the second, as with any server.
 */
export function isUnchanged(headers: IncomingHttpHeaders, { etag, lastModified }: Validators): boolean {
  const tags = headers["if-none-match"];
  if (tags !== undefined)
    return tags.trim() === "*" || tags.split(",").some((tag) => opaque(tag) === opaque(etag));
  const since = Date.parse(headers["if-modified-since"] ?? "");
  return since >= Date.parse(lastModified);
}

// If-None-Match compares weakly.
function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}
