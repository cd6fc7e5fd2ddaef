/** A webhook as it arrived: the exact bytes of its body, and what came with them. */
export interface Webhook {
  body: Uint8Array;
  /** By lower-case name, as node:http gives them. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** What stood in the path behind the provider's name. */
  pathToken?: string | undefined;
}

/** How an HMAC over the body is written down, and in which header. */
export interface HmacOptions {
  /** Lower case. */
  header: string;
  algorithm: "sha1" | "sha256" | "sha384" | "sha512";
  encoding: "hex" | "base64";
  /** What stands before the digest, such as `sha256=`. */
  prefix: string;
}

/** Where a shared token stands; with `basic` it is `user:password`. */
export type TokenPlace = { in: "path" } | { in: "basic" } | { in: "header"; header: string };

/** How the sender proves who it is. */
export type Scheme =
  | { scheme: "standard-webhooks" | "github" | "slack" | "stripe" | "instatus" | "cachet" }
  | ({ scheme: "hmac" } & HmacOptions)
  | ({ scheme: "token" } & TokenPlace);

/** What came of looking at the proof. `late`: it may be genuine, but is too old, or from the future. */
export type Verdict = "proven" | "missing" | "late" | "wrong";

/** Looks at a webhook's proof. `now` is in ms since 1970. */
export type Verify = (webhook: Webhook, now: number) => Verdict;

/** A header's one value. One that came twice proves nothing. */
export function headerOf({ headers }: Webhook, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
