import { decode, hmac, isSameDigest } from "./digest.ts";
import { headerOf, type Verify } from "./scheme.ts";
import { isFresh } from "./window.ts";

/** `x-slack-signature: v0=HEX` over `v0:TIME:BODY`. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function slack(keys: readonly string[]): Verify {
  return (webhook, now) => {
    const written = headerOf(webhook, "x-slack-signature");
    const time = headerOf(webhook, "x-slack-request-timestamp");
    if (written === undefined || time === undefined) return "missing";
    const given = written.startsWith("v0=") ? decode(written.slice(3), "hex") : undefined;
    if (!given) return "wrong";
    const pieces = ["v0:", time, ":", webhook.body];
    const isProven = keys.some((key) => isSameDigest(hmac({ algorithm: "sha256", key }, pieces), given));
    if (!isProven) return "wrong";
    return isFresh(time, now) ? "proven" : "late";
  };
}
