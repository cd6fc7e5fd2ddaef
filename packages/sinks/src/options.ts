import { z } from "zod";
import { Secret } from "./secret.ts";

/** A text that is never shown. */
export const secretText = z
  .string()
  .min(1)
  .transform((text) => new Secret(text));

/** Any http or https URL, shown nowhere because its path or query may be a secret. */
export const secretUrl = z
  .url({ protocol: /^https?$/, error: "This should be a URL that begins with https://." })
  .transform((url) => new Secret(url));

/** The URL of a vendor's webhook: https, on one of the vendor's hosts (`*.example.com`: any below it). */
export function vendorUrl(...hosts: readonly string[]) {
  const isVendors = (host: string) =>
    hosts.some((known) => (known.startsWith("*.") ? host.endsWith(known.slice(1)) : host === known));
  return z
    .string()
    .refine(
      (text) => URL.canParse(text) && new URL(text).protocol === "https:" && isVendors(new URL(text).hostname),
      `This should be a URL on ${hosts.join(" or ")} that begins with https://.`,
    )
    .transform((url) => new Secret(url));
}

/** The base URL of a server of one's own, without a path of its own being lost: `https://example.com/ntfy`. */
export const serverUrl = z
  .url({ protocol: /^https?$/, error: "This should be a URL that begins with https://." })
  .transform((url) => (url.endsWith("/") ? url : `${url}/`));

/** Who is mentioned when something begins or gets worse. */
export function mentions(form: RegExp, example: string) {
  return z
    .array(z.string().regex(form, `Write ${example}.`))
    .default([])
    .describe("Who is mentioned when something begins or gets worse; nobody by default");
}
