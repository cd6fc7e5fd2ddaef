export type { HmacOptions, Scheme, TokenPlace, Verdict, Verify, Webhook } from "./scheme.ts";
export { isStandardWebhooksKey } from "./standard-webhooks.ts";
export { verifier } from "./verifier.ts";
