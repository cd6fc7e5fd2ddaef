import type { KindName } from "../src/index.ts";
import { Secret } from "../src/index.ts";
import type { Received, Reply } from "./world.ts";

/** An HTTP place as its vendor runs it: what it takes, what it refuses, how it says that it is busy. */
export interface Place {
  kind: KindName;
  /** Options for a place at this base URL, as the schema would put them out. */
  options(url: string): unknown;
  /** Accepts, or refuses what breaks the vendor's limits. */
  answer(received: Received): Reply;
  /** Too many requests, said in the vendor's own way, and for how long. */
  busy: Reply & { waitMs: number };
  /** What no message may ever contain. */
  secrets: readonly string[];
}

const invalid = (body: unknown): Reply => ({ status: 400, body });

const slackContent = ({ text, blocks }: Json): boolean =>
  String(text).length <= 4000 &&
  list(blocks).length <= 50 &&
  list(blocks).every(
    ({ type, text, elements }) =>
      (type !== "header" || length(text) <= 150) &&
      (type !== "section" || length(text) <= 3000) &&
      (type !== "context" || list(elements).every((element) => length(element["text"]) <= 3000)),
  );

const discordContent = ({ content = "", embeds = [], allowed_mentions }: Json): boolean => {
  const sizes = list(embeds).map(({ title = "", description = "", footer }) => [
    String(title).length,
    String(description).length,
    length(footer),
  ]);
  const isEmpty = content === "" && sizes.length === 0;
  return (
    !isEmpty &&
    allowed_mentions !== undefined &&
    String(content).length <= 2000 &&
    sizes.every(
      ([title = 0, description = 0, footer = 0]) => title <= 256 && description <= 4096 && footer <= 2048,
    ) &&
    sizes.flat().reduce((sum, size) => sum + size, 0) <= 6000
  );
};

export const places: Readonly<Record<string, Place>> = {
  webhook: {
    kind: "webhook",
    options: (url) => ({
      url: secret(`${url}/hooks/s3cr3t-path`),
      secrets: [secret(`whsec_${Buffer.alloc(32, 7).toString("base64")}`)],
      format: "event",
      headers: { authorization: secret("Bearer s3cr3t-token") },
    }),
    answer: () => ({ status: 204 }),
    busy: { status: 429, headers: { "retry-after": "7" }, waitMs: 7000 },
    secrets: ["s3cr3t"],
  },

  "slack webhook": {
    kind: "slack",
    options: (url) => ({ url: secret(`${url}/services/T0/B0/s3cr3t`), mention: ["!here"] }),
    answer: ({ body }) => (slackContent(json(body)) ? { status: 200, body: "ok" } : invalid("invalid_blocks")),
    busy: { status: 429, headers: { "retry-after": "30" }, body: "rate_limited", waitMs: 30_000 },
    secrets: ["s3cr3t"],
  },

  "slack bot": {
    kind: "slack",
    options: (url) => ({ token: secret("xoxb-s3cr3t"), channel: "#ops", mention: [], api: `${url}/api/` }),
    answer({ body, path, headers }) {
      const refuse = (error: string) => ({ status: 200, body: { ok: false, error } });
      if (headers["authorization"] !== "Bearer xoxb-s3cr3t") return refuse("invalid_auth");
      const sent = json(body);
      if (!slackContent(sent)) return refuse("invalid_blocks");
      if (path === "/api/chat.update" && sent["channel"] !== "C0123") return refuse("channel_not_found");
      return { status: 200, body: { ok: true, channel: "C0123", ts: "1762180421.000100" } };
    },
    busy: {
      status: 429,
      headers: { "retry-after": "1" },
      body: { ok: false, error: "ratelimited" },
      waitMs: 1000,
    },
    secrets: ["s3cr3t"],
  },

  discord: {
    kind: "discord",
    options: (url) => ({ url: secret(`${url}/api/webhooks/42/s3cr3t`), mention: ["<@&7>"] }),
    answer: ({ body }) =>
      discordContent(json(body))
        ? { status: 200, body: { id: "1300000000000000001", type: 0 } }
        : invalid({ embeds: ["Invalid"] }),
    busy: {
      status: 429,
      headers: { "retry-after": "1" },
      body: { message: "You are being rate limited.", retry_after: 0.317, global: false },
      waitMs: 317,
    },
    secrets: ["s3cr3t"],
  },
};

type Json = Readonly<Record<string, unknown>>;

/** A JSON object that was sent. */
export function json(text: string): Json {
  return JSON.parse(text) as Json; // what a sink sends is an object
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The length of a text, or of the `text` in an object. */
function length(value: unknown): number {
  if (typeof value === "string") return value.length;
  return value !== null && typeof value === "object" && "text" in value ? length(value.text) : 0;
}

function secret(text: string): Secret {
  return new Secret(text);
}
