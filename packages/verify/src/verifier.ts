import { hmacOverBody } from "./hmac.ts";
import type { HmacOptions, Scheme, Verify } from "./scheme.ts";
import { slack } from "./slack.ts";
import { standardWebhooks } from "./standard-webhooks.ts";
import { stripe } from "./stripe.ts";
import { token } from "./token.ts";

/** https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries */
const github: HmacOptions = {
  header: "x-hub-signature-256",
  algorithm: "sha256",
  encoding: "hex",
  prefix: "sha256=",
};

/** https://instatus.com/help/webhooks. The sample there signs the parsed body made text anew; what came is what is checked here. */
const instatus: HmacOptions = {
  header: "x-instatus-webhook-signature",
  algorithm: "sha256",
  encoding: "hex",
  prefix: "",
};

/** Cachet 3 sends with spatie/laravel-webhook-server: https://spatie.be/docs/laravel-webhook-server/v4/signing-requests */
const cachet: HmacOptions = { header: "signature", algorithm: "sha256", encoding: "hex", prefix: "" };

/** What checks the proof of a scheme. Any one of the secrets will do, so that they can be changed without a gap. */
export function verifier(scheme: Scheme, secrets: readonly string[]): Verify {
  switch (scheme.scheme) {
    case "standard-webhooks":
      return standardWebhooks(secrets);
    case "github":
      return hmacOverBody(github, secrets);
    case "slack":
      return slack(secrets);
    case "stripe":
      return stripe(secrets);
    case "instatus":
      return hmacOverBody(instatus, secrets);
    case "cachet":
      return hmacOverBody(cachet, secrets);
    case "hmac":
      return hmacOverBody(scheme, secrets);
    case "token":
      return token(scheme, secrets);
  }
}
