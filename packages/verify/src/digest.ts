import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { HmacOptions } from "./scheme.ts";

interface Keyed {
  algorithm: HmacOptions["algorithm"];
  key: string | Uint8Array;
}

/** The HMAC of several pieces, one after the other. */
export function hmac({ algorithm, key }: Keyed, pieces: readonly (string | Uint8Array)[]): Buffer {
  const digest = createHmac(algorithm, key);
  for (const piece of pieces) digest.update(piece);
  return digest.digest();
}

/** A written digest as bytes. Node skips characters that don't belong; here they spoil it. */
export function decode(text: string, encoding: HmacOptions["encoding"]): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === (encoding === "hex" ? text.toLowerCase() : text) ? bytes : undefined;
}

/** Whether two digests are the same, in a time that does not tell where they differ. */
export function isSameDigest(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether two texts are the same, in a time that tells neither where they differ nor how long either is. */
export function isSameText(a: string, b: string): boolean {
  return timingSafeEqual(sha256(a), sha256(b));
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
