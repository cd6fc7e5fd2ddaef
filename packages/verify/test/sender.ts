import { createHmac } from "node:crypto";
import type { Scheme, Webhook } from "../src/index.ts";

interface Letter {
  body: Uint8Array;
  secret: string;
  /** Seconds since 1970. */
  at: number;
}

type Sign = (letter: Letter) => Webhook;

const place = { in: "header", header: "x-token" } as const;

/** Every scheme, with how a sender signs: written from the vendors' documents, apart from the code under test. */
export const senders: readonly { name: string; scheme: Scheme; secretOf(text: string): string; sign: Sign }[] = [
  {
    name: "standard-webhooks",
    scheme: { scheme: "standard-webhooks" },
    secretOf: (text) => `whsec_${Buffer.from(text).toString("base64")}`,
    sign: ({ body, secret, at }) => {
      const key = Buffer.from(secret.slice(6), "base64");
      const digest = createHmac("sha256", key).update(`msg_1.${at}.`).update(body).digest("base64");
      const headers = { "webhook-id": "msg_1", "webhook-timestamp": `${at}`, "webhook-signature": `v1,${digest}` };
      return { body, headers };
    },
  },
  plain("github", ({ body, secret }) => ({ "x-hub-signature-256": `sha256=${hex(secret, body)}` })),
  plain("slack", ({ body, secret, at }) => ({
    "x-slack-request-timestamp": String(at),
    "x-slack-signature": `v0=${hex(secret, `v0:${at}:`, body)}`,
  })),
  plain("stripe", ({ body, secret, at }) => ({
    "stripe-signature": `t=${at},v1=${hex(secret, `${at}.`, body)},v0=ignored`,
  })),
  plain("instatus", ({ body, secret }) => ({ "x-instatus-webhook-signature": hex(secret, body) })),
  plain("cachet", ({ body, secret }) => ({ signature: hex(secret, body) })),
  {
    name: "hmac",
    scheme: { scheme: "hmac", header: "x-acme", algorithm: "sha512", encoding: "base64", prefix: "v1:" },
    secretOf: (text) => text,
    sign: ({ body, secret }) => ({
      body,
      headers: { "x-acme": `v1:${createHmac("sha512", secret).update(body).digest("base64")}` },
    }),
  },
];

/** The same for tokens, which say nothing of the body. */
export const tokens: readonly { name: string; scheme: Scheme; secret: string; webhook: Webhook }[] = [
  tokenIn("path", { scheme: "token", in: "path" }, { pathToken: "s3cret-s3cret" }),
  tokenIn("header", { scheme: "token", ...place }, { headers: { "x-token": "s3cret-s3cret" } }),
  tokenIn("bearer", { scheme: "token", ...place }, { headers: { "x-token": "Bearer s3cret-s3cret" } }),
  {
    ...tokenIn("basic", { scheme: "token", in: "basic" }, { headers: { authorization: "Basic bWU6czNjcmV0" } }),
    secret: "me:s3cret",
  },
];

function plain(
  scheme: "github" | "slack" | "stripe" | "instatus" | "cachet",
  headersOf: (letter: Letter) => Headers,
) {
  const sign: Sign = (letter) => ({ body: letter.body, headers: headersOf(letter) });
  return { name: scheme, scheme: { scheme }, secretOf: (text: string) => text, sign };
}

type Headers = Record<string, string>;

function tokenIn(name: string, scheme: Scheme, webhook: Partial<Webhook>) {
  return { name, scheme, secret: "s3cret-s3cret", webhook: { body: Buffer.from("{}"), headers: {}, ...webhook } };
}

function hex(secret: string, ...pieces: (string | Uint8Array)[]): string {
  const digest = createHmac("sha256", secret);
  for (const piece of pieces) digest.update(piece);
  return digest.digest("hex");
}
