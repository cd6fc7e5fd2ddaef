import { describe, expect, test } from "@jest/globals";
import { type Scheme, type Verdict, verifier } from "../src/index.ts";

const slackBody =
  "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar" +
  "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=" +
  "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN" +
  "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

const standard = {
  scheme: "standard-webhooks",
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  body: '{"test": 2432232314}',
  at: 1614265330,
} as const;

/** What the vendors' own documentation shows, and the signature that it gives for it. */
const vectors: Record<string, Vector> = {
  "Standard Webhooks": {
    ...standard,
    headers: {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
  },
  Svix: {
    ...standard,
    headers: {
      "svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "svix-timestamp": "1614265330",
      "svix-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
  },
  GitHub: {
    scheme: "github",
    secret: "It's a Secret to Everybody",
    body: "Hello, World!",
    headers: {
      "x-hub-signature-256": "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
    },
  },
  Slack: {
    scheme: "slack",
    secret: "8f742231b10e8888abcd99yyyzzz85a5",
    body: slackBody,
    at: 1531420618,
    headers: {
      "x-slack-request-timestamp": "1531420618",
      "x-slack-signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    },
  },
};

describe.each(Object.entries(vectors))("the documented example of %s", (_name, vector) => {
  test("is proven", () => {
    expect(verdict(vector)).toBe("proven");
  });

  test("is not, with a byte more", () => {
    expect(verdict({ ...vector, body: `${vector.body} ` })).toBe("wrong");
  });

  test("is not, with another secret", () => {
    expect(verdict({ ...vector, secret: "whsec_b3RoZXI=" })).toBe("wrong");
  });

  test("is not, without its headers", () => {
    expect(verdict({ ...vector, headers: {} })).toBe("missing");
  });
});

interface Vector {
  scheme: Exclude<Scheme["scheme"], "hmac" | "token">;
  secret: string;
  body: string;
  headers: Record<string, string>;
  at?: number;
}

function verdict({ scheme, secret, body, headers, at = 0 }: Vector): Verdict {
  return verifier({ scheme }, [secret])({ body: Buffer.from(body), headers }, at * 1000);
}
