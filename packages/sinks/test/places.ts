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

  teams: {
    kind: "teams",
    options: (url) => ({ url: secret(`${url}/workflows/s3cr3t/triggers/manual/paths/invoke?sig=s3cr3t`) }),
    answer({ body }) {
      const isFine = Buffer.byteLength(body) <= 28_000 && json(body)["type"] === "message";
      return isFine ? { status: 202 } : { status: 413 };
    },
    busy: { status: 429, headers: { "retry-after": "13" }, waitMs: 13_000 },
    secrets: ["s3cr3t"],
  },

  "google chat": {
    kind: "google-chat",
    options: (url) => ({ url: secret(`${url}/v1/spaces/AAA/messages?key=s3cr3t&token=s3cr3t`), mention: [] }),
    answer({ body, path }) {
      const isFine = Buffer.byteLength(body) <= 32_000 && /[?&]requestId=\w+/.test(path);
      return isFine
        ? { status: 200, body: { name: "spaces/AAA/messages/BBB" } }
        : invalid({ error: { code: 400 } });
    },
    busy: { status: 429, body: { error: { code: 429, status: "RESOURCE_EXHAUSTED" } }, waitMs: 60_000 },
    secrets: ["s3cr3t"],
  },

  mattermost: {
    kind: "mattermost",
    options: (url) => ({ url: secret(`${url}/hooks/s3cr3t`), mention: ["@here"] }),
    answer: ({ body }) =>
      list(json(body)["attachments"]).every((attachment) => [...String(attachment["text"])].length <= 16_383)
        ? { status: 200, body: "ok" }
        : invalid("too long"),
    busy: { status: 429, headers: { "retry-after": "3" }, body: "limit exceeded", waitMs: 3000 },
    secrets: ["s3cr3t"],
  },

  rocketchat: {
    kind: "rocketchat",
    options: (url) => ({ url: secret(`${url}/hooks/1/s3cr3t`), mention: ["@here"] }),
    answer: ({ body }) =>
      list(json(body)["attachments"]).every((attachment) => length(attachment["text"]) <= 5000)
        ? { status: 200, body: { success: true } }
        : invalid({ success: false, error: "error-message-size-exceeded" }),
    busy: { status: 429, body: { success: false, error: "too-many-requests" }, waitMs: 60_000 },
    secrets: ["s3cr3t"],
  },

  telegram: {
    kind: "telegram",
    options: (url) => ({ token: secret("42:s3cr3t"), chat: -1001234, api: `${url}/` }),
    answer({ body, path }) {
      const refuse = (description: string) => invalid({ ok: false, error_code: 400, description });
      if (!path.startsWith("/bot42:s3cr3t/")) return { status: 401, body: { ok: false, error_code: 401 } };
      const shown = String(json(body)["text"]).replace(/<\/?[a-z][^>]*>/g, "");
      if (/[<>]/.test(shown)) return refuse("Bad Request: can't parse entities");
      if (shown.replace(/&\w+;/g, "x").length > 4096) return refuse("Bad Request: message is too long");
      return { status: 200, body: { ok: true, result: { message_id: 77 } } };
    },
    busy: {
      status: 429,
      body: {
        ok: false,
        error_code: 429,
        description: "Too Many Requests: retry after 5",
        parameters: { retry_after: 5 },
      },
      waitMs: 5000,
    },
    secrets: ["s3cr3t"],
  },

  pagerduty: {
    kind: "pagerduty",
    options: (url) => ({ routingKey: secret("s3cr3t"), api: `${url}/` }),
    answer({ body }) {
      const { routing_key, event_action, dedup_key, payload } = json(body);
      const summary = field(payload, "summary");
      const isTold = event_action === "resolve" || (summary.length > 0 && summary.length <= 1024);
      const isFine = isTold && routing_key === "s3cr3t" && String(dedup_key).length <= 255;
      return isFine && Buffer.byteLength(body) <= 512_000
        ? { status: 202, body: { status: "success", message: "Event processed", dedup_key } }
        : invalid({ status: "invalid event", errors: ["summary"] });
    },
    busy: { status: 429, body: { status: "throttle exceeded" }, waitMs: 60_000 },
    secrets: ["s3cr3t"],
  },

  opsgenie: {
    kind: "opsgenie",
    options: (url) => ({ apiKey: secret("s3cr3t"), api: `${url}/` }),
    answer({ body, path, headers }) {
      if (headers["authorization"] !== "GenieKey s3cr3t") return { status: 401 };
      const { message, description } = json(body);
      const isAlert = path === "/v2/alerts";
      const isFine = !isAlert || (length(message) <= 130 && length(message) > 0 && length(description) <= 15_000);
      return isFine && length(json(body)["note"]) <= 25_000
        ? { status: 202, body: { result: "Request will be processed", requestId: "1" } }
        : { status: 422, body: { message: "Request body is not processable." } };
    },
    busy: { status: 429, body: { message: "You are making too many requests!" }, waitMs: 60_000 },
    secrets: ["s3cr3t"],
  },

  ntfy: {
    kind: "ntfy",
    options: (url) => ({ topic: "s3cr3t-topic", server: `${url}/`, token: secret("tk_s3cr3t") }),
    answer({ body, path }) {
      const { topic, message, actions } = json(body);
      const isFine = path === "/" && topic === "s3cr3t-topic" && list(actions).length <= 3;
      return isFine && Buffer.byteLength(String(message)) <= 4096
        ? { status: 200, body: { id: "x", event: "message" } }
        : invalid({ code: 40_024, http: 400 });
    },
    busy: { status: 429, body: { code: 42_901, http: 429 }, waitMs: 60_000 },
    secrets: ["s3cr3t"],
  },

  gotify: {
    kind: "gotify",
    options: (url) => ({ server: `${url}/gotify/`, token: secret("s3cr3t") }),
    answer: ({ path, headers }) =>
      path === "/gotify/message" && headers["x-gotify-key"] === "s3cr3t"
        ? { status: 200, body: { id: 1 } }
        : { status: 401 },
    busy: { status: 429, headers: { "retry-after": "2" }, waitMs: 2000 },
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

function field(value: unknown, name: string): string {
  return value !== null && typeof value === "object" ? String(Reflect.get(value, name)) : "";
}

function secret(text: string): Secret {
  return new Secret(text);
}
