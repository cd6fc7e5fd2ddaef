import { decode, hmac, isSameDigest } from "./digest.ts";
import { headerOf, type HmacOptions, type Verify } from "./scheme.ts";

/** An HMAC over the body alone, in one header. */
export function hmacOverBody(
  { header, algorithm, encoding, prefix }: HmacOptions,
  keys: readonly string[],
): Verify {
  return (webhook) => {
    const written = headerOf(webhook, header);
    if (written === undefined) return "missing";
    const given = written.startsWith(prefix) ? decode(written.slice(prefix.length), encoding) : undefined;
    if (!given) return "wrong";
    const isProven = keys.some((key) => isSameDigest(hmac({ algorithm, key }, [webhook.body]), given));
    return isProven ? "proven" : "wrong";
  };
}
