import { decode, hmac, isSameDigest } from "./digest.ts";
import { headerOf, type Verify } from "./scheme.ts";
import { isFresh } from "./window.ts";

/** `stripe-signature: t=TIME,v1=HEX[,v1=HEX]` over `TIME.BODY`. https://docs.stripe.com/webhooks#verify-manually */
export function stripe(keys: readonly string[]): Verify {
  return (webhook, now) => {
    const header = headerOf(webhook, "stripe-signature");
    if (header === undefined) return "missing";
    const parts = header.split(",").map((part) => part.trim());
    const [time, ...otherTimes] = valuesOf(parts, "t=");
    if (time === undefined || otherTimes.length) return "wrong";
    const given = valuesOf(parts, "v1=").map((text) => decode(text, "hex"));
    const isProven = keys.some((key) => {
      const expected = hmac({ algorithm: "sha256", key }, [time, ".", webhook.body]);
      return given.some((digest) => digest && isSameDigest(expected, digest));
    });
    if (!isProven) return "wrong";
    return isFresh(time, now) ? "proven" : "late";
  };
}

function valuesOf(parts: readonly string[], name: string): string[] {
  return parts.filter((part) => part.startsWith(name)).map((part) => part.slice(name.length));
}
