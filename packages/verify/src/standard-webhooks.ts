import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { decode, hmac, isSameDigest } from "./digest.ts";
import { headerOf, type Verify, type Webhook } from "./scheme.ts";
import { isFresh } from "./window.ts";

/** Beyond so many signatures in one header nobody is rotating keys. */
const mostSignatures = 20;

/** DER of an Ed25519 public key up to the 32 bytes of the key itself (RFC 8410). */
const ed25519Prefix = Buffer.from("302a300506032b6570032100", "hex");

/** Whether a digest or signature, written in base64, is that of the pieces. */
type Check = (written: string, pieces: readonly (string | Uint8Array)[]) => boolean;

/**
 * `webhook-signature: v1,BASE64 v1a,BASE64` over `ID.TIME.BODY`; Svix says `svix-` for `webhook-`. Keys are `whsec_…` (v1)
 * or `whpk_…` (v1a) in base64. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function standardWebhooks(keys: readonly string[]): Verify {
  const checks = keys.map(checkOf);
  return (webhook, now) => {
    const [id, time, header] = ["id", "timestamp", "signature"].map((name) => ours(webhook, name));
    if (id === undefined || time === undefined || header === undefined) return "missing";
    const pieces = [id, ".", time, ".", webhook.body];
    const signatures = header.split(" ").slice(0, mostSignatures);
    const isProven = checks.some(({ version, check }) =>
      signatures.some((text) => text.startsWith(version) && check(text.slice(version.length), pieces)),
    );
    if (!isProven) return "wrong";
    return isFresh(time, now) ? "proven" : "late";
  };
}

/** In bytes. The specification demands 24, and not every sender keeps to that. */
const shortestKey = 16;

/** Whether a text can be a key: base64, long enough, behind `whsec_`, `whpk_` or nothing. */
export function isStandardWebhooksKey(text: string): boolean {
  const bytes = decode(text.replace(/^wh(sec|pk)_/, ""), "base64");
  return bytes !== undefined && (text.startsWith("whpk_") ? bytes.length === 32 : bytes.length >= shortestKey);
}

function ours(webhook: Webhook, name: string): string | undefined {
  return headerOf(webhook, `webhook-${name}`) ?? headerOf(webhook, `svix-${name}`);
}

function checkOf(key: string): { version: string; check: Check } {
  if (key.startsWith("whpk_")) return { version: "v1a,", check: isSignedBy(publicKey(key.slice(5))) };
  return { version: "v1,", check: isHmacWith(Buffer.from(key.replace(/^whsec_/, ""), "base64")) };
}

function isHmacWith(key: Buffer): Check {
  return (written, pieces) => {
    const given = decode(written, "base64");
    return given !== undefined && isSameDigest(hmac({ algorithm: "sha256", key }, pieces), given);
  };
}

function isSignedBy(key: KeyObject): Check {
  return (written, pieces) => {
    const message = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
    return verify(null, message, key, Buffer.from(written, "base64"));
  };
}

function publicKey(base64: string): KeyObject {
  const key = Buffer.concat([ed25519Prefix, Buffer.from(base64, "base64")]);
  return createPublicKey({ key, format: "der", type: "spki" });
}
