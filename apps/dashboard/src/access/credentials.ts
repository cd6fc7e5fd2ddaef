import { createHash, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

/** What one may do: `read` sees everything, `write` changes things as well. */
export type Scope = "read" | "write";

/** What the configuration lets in. */
export interface Secrets {
  password: string | undefined;
  readTokens: readonly string[];
  writeTokens: readonly string[];
}

/** One secret, as what can be made of it: to recognize it, and to sign the sessions that it opened. */
export interface Key {
  scope: Scope;
  /** Of a token; a password is never compared so cheaply. */
  digest: Buffer | undefined;
  verifier: Buffer;
  signing: Buffer;
}

export interface Credentials {
  keys: readonly Key[];
  /** The scope of a token that came with a request. */
  scopeOf(token: string): Scope | undefined;
  /** The key to what somebody typed, password or token. Takes a tenth of a second, on purpose. */
  keyTo(typed: string): Promise<Key | undefined>;
}

const derive = promisify<string, string, number, object, Buffer>(scrypt);
// https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
const effort = { N: 2 ** 16, r: 8, p: 2, maxmem: 96 * 1024 * 1024 };
// Not random: every dashboard and every restart must come to the same keys. Nothing derived is stored anywhere.
const salt = "statuswire dashboard, version 1";

/** The keys of some secrets. Undefined when there are none: then nobody is asked who they are. */
export async function deriveCredentials(secrets: Secrets): Promise<Credentials | undefined> {
  const { password, readTokens, writeTokens } = secrets;
  const keys = await Promise.all([
    ...(password === undefined ? [] : [keyOf(password, { scope: "write", isToken: false })]),
    ...writeTokens.map((token) => keyOf(token, { scope: "write", isToken: true })),
    ...readTokens.map((token) => keyOf(token, { scope: "read", isToken: true })),
  ]);
  if (!keys.length) return undefined;
  return {
    keys,
    scopeOf(token) {
      const digest = sha256(token);
      return keys.find((key) => key.digest && timingSafeEqual(key.digest, digest))?.scope;
    },
    async keyTo(typed) {
      const { verifier } = await halves(typed);
      return keys.find((key) => timingSafeEqual(key.verifier, verifier));
    },
  };
}

async function keyOf(secret: string, { scope, isToken }: { scope: Scope; isToken: boolean }): Promise<Key> {
  return { scope, digest: isToken ? sha256(secret) : undefined, ...(await halves(secret)) };
}

async function halves(secret: string): Promise<Pick<Key, "verifier" | "signing">> {
  const bytes = await derive(secret, salt, 64, effort);
  return { verifier: bytes.subarray(0, 32), signing: bytes.subarray(32) };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
