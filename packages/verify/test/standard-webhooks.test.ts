import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Webhook as Reference } from "standardwebhooks";
import { isStandardWebhooksKey, type Verdict, verifier } from "../src/index.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const now = 1_700_000_000_000;

describe("Standard Webhooks", () => {
  test("are proven here when the reference library signed them", () => {
    fc.assert(
      fc.property(fc.string(), fc.stringMatching(/^[\w-]{1,40}$/), (body, id) => {
        const signature = new Reference(secret).sign(id, new Date(now), body);
        expect(verdictOn({ keys: [secret], id, body, signature })).toBe("proven");
      }),
    );
  });

  test("are proven by any of several signatures", () => {
    const signature = `v1,bm90IHRoaXM= v2,x ${new Reference(secret).sign("msg_1", new Date(now), "{}")}`;
    expect(verdictOn({ keys: [secret], signature })).toBe("proven");
  });

  test("are not proven by the last of a thousand", () => {
    const genuine = new Reference(secret).sign("msg_1", new Date(now), "{}");
    const signature = `${"v1,bm90IHRoaXM= ".repeat(1000)}${genuine}`;
    expect(verdictOn({ keys: [secret], signature })).toBe("wrong");
  });

  test("may be signed with a private key whose public half we have", () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const signature = `v1a,${sign(null, Buffer.from(`msg_1.${now / 1000}.{}`), privateKey).toString("base64")}`;
    expect(verdictOn({ keys: [written(publicKey)], signature })).toBe("proven");
    expect(verdictOn({ keys: [written(publicKey)], signature, body: "{ }" })).toBe("wrong");
    expect(verdictOn({ keys: [secret], signature })).toBe("wrong");
  });
});

describe("a key for Standard Webhooks", () => {
  test.each([
    [secret, true],
    ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", true],
    ["whsec_", false],
    ["whsec_not base64!", false],
    ["whpk_c2hvcnQ=", false],
  ])("%s: %s", (key, isKey) => {
    expect(isStandardWebhooksKey(key)).toBe(isKey);
  });
});

interface Given {
  keys: string[];
  signature: string;
  id?: string;
  body?: string;
}

function verdictOn({ keys, signature, id = "msg_1", body = "{}" }: Given): Verdict {
  const headers = { "webhook-id": id, "webhook-timestamp": `${now / 1000}`, "webhook-signature": signature };
  return verifier({ scheme: "standard-webhooks" }, keys)({ body: Buffer.from(body), headers }, now);
}

function written(key: KeyObject): string {
  return `whpk_${key.export({ type: "spki", format: "der" }).subarray(-32).toString("base64")}`;
}
