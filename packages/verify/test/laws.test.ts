import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { verifier } from "../src/index.ts";
import { senders, tokens } from "./sender.ts";

const bodies = fc.uint8Array({ minLength: 1, maxLength: 200 });
const times = fc.integer({ min: 1_000_000_000, max: 4_000_000_000 });
const secrets = fc.string({ minLength: 8, maxLength: 40 });
const letters = fc.record({ body: bodies, at: times, secret: secrets });
const timed = senders.filter(({ name }) => ["standard-webhooks", "slack", "stripe"].includes(name));

describe.each(senders)("a webhook signed as $name", ({ scheme, secretOf, sign }) => {
  test("is proven", () => {
    fc.assert(
      fc.property(letters, (letter) => {
        const secret = secretOf(letter.secret);
        expect(verifier(scheme, [secret])(sign({ ...letter, secret }), letter.at * 1000)).toBe("proven");
      }),
    );
  });

  test("is not, with any bit of its body flipped", () => {
    fc.assert(
      fc.property(letters, fc.nat(), (letter, place) => {
        const secret = secretOf(letter.secret);
        const webhook = sign({ ...letter, secret });
        const flipped = { ...webhook, body: flip(letter.body, place) };
        expect(verifier(scheme, [secret])(flipped, letter.at * 1000)).toBe("wrong");
      }),
    );
  });

  test("is not, with any character of its headers replaced", () => {
    fc.assert(
      fc.property(letters, fc.nat(), (letter, place) => {
        const secret = secretOf(letter.secret);
        const webhook = sign({ ...letter, secret });
        const name = Object.keys(webhook.headers)[place % Object.keys(webhook.headers).length] ?? "";
        const header = String(webhook.headers[name]).replace(",v0=ignored", "");
        const headers = { ...webhook.headers, [name]: replace(header, place) };
        expect(verifier(scheme, [secret])({ ...webhook, headers }, letter.at * 1000)).not.toBe("proven");
      }),
    );
  });

  test("is proven by any of several secrets, and by none that is not among them", () => {
    const secret = secretOf("the one in use");
    const [before, after] = [secretOf("the one before"), secretOf("the one after")];
    const webhook = sign({ body: Buffer.from("{}"), at: 1_700_000_000, secret });
    const verdicts = [[before, secret], [secret, after], [before, after], []].map((all) =>
      verifier(scheme, all)(webhook, 1_700_000_000_000),
    );
    expect(verdicts).toEqual(["proven", "proven", "wrong", "wrong"]);
  });

  test("proves nothing when a header came twice", () => {
    const webhook = sign({ body: Buffer.from("{}"), at: 1_700_000_000, secret: secretOf("secret") });
    const twice = Object.entries(webhook.headers).map(([name, value]) => [name, [String(value), String(value)]]);
    const headers = Object.fromEntries(twice) as Record<string, string[]>;
    expect(verifier(scheme, [secretOf("secret")])({ ...webhook, headers }, 1_700_000_000_000)).toBe("missing");
  });

  test("is never proven by what somebody made up", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), bodies, (made, body) => {
        const genuine = sign({ body, at: 1_700_000_000, secret: secretOf("secret") });
        const headers = Object.fromEntries(Object.keys(genuine.headers).map((name) => [name, made]));
        expect(verifier(scheme, [secretOf("secret")])({ body, headers }, 1_700_000_000_000)).not.toBe("proven");
      }),
    );
  });
});

describe.each(timed)("a time signed as $name", ({ scheme, secretOf, sign }) => {
  test.each([
    [-301, "late"],
    [-300, "proven"],
    [300, "proven"],
    [301, "late"],
  ])("that is %i s from now is %s", (seconds, verdict) => {
    const secret = secretOf("secret");
    const webhook = sign({ body: Buffer.from("{}"), at: 1_700_000_000 + seconds, secret });
    expect(verifier(scheme, [secret])(webhook, 1_700_000_000_000)).toBe(verdict);
  });
});

describe.each(tokens)("a token in the $name", ({ scheme, secret, webhook }) => {
  test("proves its sender", () => {
    expect(verifier(scheme, ["another one", secret])(webhook, 0)).toBe("proven");
  });

  test("does not when it is another's", () => {
    expect(verifier(scheme, [`${secret}x`])(webhook, 0)).toBe("wrong");
  });

  test("is missed", () => {
    expect(verifier(scheme, [secret])({ body: webhook.body, headers: {} }, 0)).toBe("missing");
  });
});

function flip(bytes: Uint8Array, place: number): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  const index = place % flipped.length;
  flipped[index] = (flipped[index] ?? 0) ^ (1 << (place % 8));
  return flipped;
}

function replace(text: string, place: number): string {
  const index = place % text.length;
  return `${text.slice(0, index)}${text[index] === "~" ? "!" : "~"}${text.slice(index + 1)}`;
}
