import { isSameText } from "./digest.ts";
import { headerOf, type TokenPlace, type Verify, type Webhook } from "./scheme.ts";

/** A secret that the sender merely repeats: for those who cannot sign. */
export function token(place: TokenPlace, secrets: readonly string[]): Verify {
  return (webhook) => {
    const given = tokenIn(place, webhook);
    if (given === undefined) return "missing";
    return secrets.some((secret) => isSameText(secret, given)) ? "proven" : "wrong";
  };
}

function tokenIn(place: TokenPlace, webhook: Webhook): string | undefined {
  switch (place.in) {
    case "path":
      return webhook.pathToken;
    case "basic":
      return credentials(headerOf(webhook, "authorization"));
    case "header":
      return headerOf(webhook, place.header)?.replace(/^bearer /i, "");
  }
}

/** `Basic dXNlcjpwYXNz` → `user:pass` (RFC 7617). */
function credentials(header: string | undefined): string | undefined {
  const encoded = /^basic +(\S+)$/i.exec(header ?? "")?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, "base64").toString("utf8");
}
