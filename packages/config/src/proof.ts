import { isStandardWebhooksKey, type Scheme } from "@statuswire/verify";
import { z } from "zod";
import { Secret } from "@statuswire/sinks";

/** How a provider's webhooks prove who sent them. Any one of the secrets will do. */
export interface Proof {
  scheme: Scheme;
  secrets: readonly Secret[];
}

const schemes = ["standard-webhooks", "github", "slack", "stripe", "instatus", "cachet", "hmac", "token"] as const;

/** 128 bits in base64: nobody guesses that. */
const shortestToken = 22;

/** 64 bits in hexadecimal digits: a signature is checked offline as often as one likes. */
const shortestSecret = 16;

const HeaderName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, "This is not the name of a header.");
const Text = z.string().regex(/\S/, { error: "A secret can't be empty.", abort: true });

const Described = z
  .strictObject({
    scheme: z.enum(schemes).describe("How the sender signs, or `token` when it can't"),
    secret: z
      .union([Text, z.array(Text).min(1, "At least one secret is needed.")], {
        error: "A secret is a text, or a list of them.",
      })
      .describe(
        "What sender and receiver share; several while it is being changed. Write ${NAME} for one from the environment",
      ),
    in: z.enum(["path", "header", "basic"]).optional().describe("token: where it stands"),
    header: HeaderName.optional().describe("hmac, and token in a header: which"),
    algorithm: z.enum(["sha1", "sha256", "sha384", "sha512"]).optional().describe("hmac; sha256 unless said"),
    encoding: z.enum(["hex", "base64"]).optional().describe("hmac; hex unless said"),
    prefix: z.string().optional().describe("hmac: what stands before the digest, such as `sha256=`"),
  })
  .superRefine((described, { addIssue }) => {
    for (const { path, message } of mistakesIn(described)) addIssue({ code: "custom", path: [path], message });
  });
type Described = z.infer<typeof Described>;

const howToProve = "Write none, or a mapping with a scheme and its secret: { scheme: github, secret: … }.";

/** `verify` of a provider, as it is written. */
export const Verify = z
  .union([z.string().regex(/^none$/, howToProve), Described], { error: howToProve })
  .describe("How webhooks prove who sent them; `none` where they can't");
export type Verify = z.infer<typeof Verify>;

/** What a written `verify` means; undefined when nothing is to be proven. */
export function proofOf(verify: Verify | undefined): Proof | undefined {
  if (verify === undefined || typeof verify === "string") return undefined;
  return { scheme: schemeOf(verify), secrets: listOf(verify.secret).map((secret) => new Secret(secret)) };
}

function schemeOf({ scheme, in: place, header = "", algorithm, encoding, prefix }: Described): Scheme {
  const name = header.toLowerCase();
  if (scheme === "hmac") {
    return {
      scheme,
      header: name,
      algorithm: algorithm ?? "sha256",
      encoding: encoding ?? "hex",
      prefix: prefix ?? "",
    };
  }
  if (scheme !== "token") return { scheme };
  return place === "header" ? { scheme, in: place, header: name } : { scheme, in: place ?? "path" };
}

function mistakesIn(described: Described): { path: keyof Described; message: string }[] {
  const { scheme, in: place } = described;
  const hasHeader = scheme === "hmac" || (scheme === "token" && place === "header");
  const fits = {
    in: scheme === "token",
    header: hasHeader,
    algorithm: scheme === "hmac",
    encoding: scheme === "hmac",
    prefix: scheme === "hmac",
  };
  const misplaced = (["in", "header", "algorithm", "encoding", "prefix"] as const)
    .filter((key) => described[key] !== undefined && !fits[key])
    .map((path) => ({ path, message: `This says nothing to the scheme ${scheme}.` }));
  return [
    ...misplaced,
    ...(scheme === "token" && !place
      ? [{ path: "in" as const, message: "Say where the token stands: path, header or basic." }]
      : []),
    ...(hasHeader && !described.header
      ? [{ path: "header" as const, message: "Say which header it is in." }]
      : []),
    ...secretMistakes(described),
  ];
}

function secretMistakes({ scheme, in: place, secret }: Described): { path: "secret"; message: string }[] {
  const secrets = listOf(secret);
  const mistake = (message: string) => [{ path: "secret" as const, message }];
  if (scheme === "standard-webhooks")
    return secrets.every(isStandardWebhooksKey)
      ? []
      : mistake("A key is base64 of 16 bytes at least, behind whsec_ or whpk_.");
  if (place === "basic" && !secrets.every((text) => text.includes(":"))) return mistake("Write user:password.");
  const hidden = place === "basic" ? secrets.map(passwordIn) : secrets;
  const [what, shortest] = scheme === "token" ? ["token", shortestToken] : ["secret", shortestSecret];
  if (hidden.some((text) => text.trim().length < shortest))
    return mistake(`A ${place === "basic" ? "password" : what} has ${shortest} characters at least. ${howToMake}`);
  if (place === "path" && !secrets.every((text) => /^[\w.~-]+$/.test(text)))
    return mistake("A token in a path has letters, digits, dots, dashes, tildes and underscores only.");
  return [];
}

const howToMake = "Make one with: openssl rand -hex 16.";

function passwordIn(credentials: string): string {
  return credentials.slice(credentials.indexOf(":") + 1);
}

function listOf(secret: string | readonly string[]): readonly string[] {
  return typeof secret === "string" ? [secret] : secret;
}
