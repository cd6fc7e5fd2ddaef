import { describe, expect, test } from "@jest/globals";
import { ConfigError, parseConfig, type Proof } from "../src/index.ts";

const token = "0123456789abcdef01234567";

describe("how a provider's webhooks prove who sent them", () => {
  test.each([
    ["{ scheme: github, secret: 0123456789abcdef }", { scheme: "github" }],
    [
      "{ scheme: standard-webhooks, secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw }",
      { scheme: "standard-webhooks" },
    ],
    [
      "{ scheme: hmac, header: X-Acme, secret: 0123456789abcdef }",
      { scheme: "hmac", header: "x-acme", algorithm: "sha256", encoding: "hex", prefix: "" },
    ],
    [
      "{ scheme: hmac, header: X-Acme, algorithm: sha1, encoding: base64, prefix: v1=, secret: 0123456789abcdef }",
      { scheme: "hmac", header: "x-acme", algorithm: "sha1", encoding: "base64", prefix: "v1=" },
    ],
    [`{ scheme: token, in: path, secret: ${token} }`, { scheme: "token", in: "path" }],
    [
      `{ scheme: token, in: header, header: X-T, secret: ${token} }`,
      { scheme: "token", in: "header", header: "x-t" },
    ],
    [`{ scheme: token, in: basic, secret: "me:${token}" }`, { scheme: "token", in: "basic" }],
  ])("may be %s", (written, scheme) => {
    expect(proofIn(written)?.scheme).toEqual(scheme);
  });

  test("may be nothing", () => {
    expect(proofIn("none")).toBeUndefined();
  });

  test("may be any of several secrets, each from the environment or not", () => {
    const proof = proofIn('{ scheme: github, secret: ["${OLD}", the-new-one-of-github] }', {
      OLD: "the-old-one-of-github",
    });
    expect(proof?.secrets.map((secret) => secret.reveal())).toEqual([
      "the-old-one-of-github",
      "the-new-one-of-github",
    ]);
  });

  test("is never shown", () => {
    expect(JSON.stringify(proofIn("{ scheme: github, secret: hunter2-hunter2-hunter2 }"))).not.toContain(
      "hunter2",
    );
  });
});

describe("a mistake in it", () => {
  test.each([
    ["github", "Write none, or a mapping"],
    ["{ scheme: githb, secret: 0123456789abcdef }", 'Did you mean "github"?'],
    ["{ scheme: github }", "A secret is a text"],
    ["{ scheme: github, secret: [] }", "At least one secret"],
    ["{ scheme: github, header: x-mine, secret: 0123456789abcdef }", "says nothing to the scheme github"],
    ["{ scheme: hmac, secret: 0123456789abcdef }", "Say which header"],
    ["{ scheme: hmac, header: 'x y', secret: 0123456789abcdef }", "not the name of a header"],
    ["{ scheme: token, secret: 0123456789abcdef01234567 }", "Say where the token stands"],
    ["{ scheme: github, secret: s }", "A secret has 16 characters at least"],
    ["{ scheme: slack, secret: 0123456789abcde }", "A secret has 16 characters at least"],
    ["{ scheme: stripe, secret: [0123456789abcdef, s] }", "A secret has 16 characters at least"],
    ["{ scheme: hmac, header: X-Acme, secret: s }", "A secret has 16 characters at least"],
    ["{ scheme: standard-webhooks, secret: whsec_c2VjcmV0 }", "16 bytes at least"],
    ["{ scheme: token, in: path, secret: short }", "22 characters at least"],
    ["{ scheme: token, in: basic, secret: 'a-user-with-a-long-name:s' }", "A password has 22 characters at least"],
    ["{ scheme: token, in: basic, secret: 'me:                      ' }", "A password has 22 characters at least"],
    ["{ scheme: token, in: path, secret: 0123456789/abcdef01234567 }", "A token in a path has"],
    ["{ scheme: token, in: basic, secret: 0123456789abcdef01234567 }", "user:password"],
    ["{ scheme: standard-webhooks, secret: not-base64! }", "A key is base64"],
  ])("is told: %s", (written, message) => {
    expect(mistakesIn(written)).toContain(message);
  });

  test.each([
    "{ scheme: github, secret: '' }",
    "{ scheme: github, secret: '                    ' }",
    "{ scheme: github, secret: ['                    '] }",
  ])("is told once of a secret that is empty: %s", (written) => {
    const told = mistakesIn(written);
    expect(told.match(/secret/gi)).toHaveLength(1);
    expect(told).toContain("A secret can't be empty.");
  });

  test.each([
    ["{ scheme: standard-webhooks, secret: hunter2! }", {}],
    ["{ scheme: token, in: path, secret: hunter2! }", {}],
    ["{ scheme: token, in: path, secret: '${TOKEN}' }", { TOKEN: "hunter2!" }],
    ["{ scheme: '${TOKEN}', secret: 0123456789abcdef }", { TOKEN: "hunter2!" }],
  ])("does not repeat what is secret: %s", (written, env) => {
    expect(mistakesIn(written, env)).not.toContain("hunter2");
  });
});

describe("a configuration", () => {
  test("is secure unless it says otherwise", () => {
    expect([parseConfig("", {}).insecure, parseConfig("insecure: true", {}).insecure]).toEqual([false, true]);
  });
});

function proofIn(written: string, env: Record<string, string> = {}): Proof | undefined {
  return parseConfig(`providers:\n  - id: discord\n    verify: ${written}`, env).providers[0]?.verify;
}

function mistakesIn(written: string, env: Record<string, string> = {}): string {
  try {
    proofIn(written, env);
    return "";
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return `${error.message} ${error.problems.map(({ value }) => value).join()}`;
  }
}
