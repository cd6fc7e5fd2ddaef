import { PermanentError } from "@statuswire/status";
import { z } from "zod";
import { announce, converse, type Room } from "../conversation.ts";
import { codePoints, cut } from "../cut.ts";
import { mrkdwn } from "../escape.ts";
import { jsonOf, send } from "../http.ts";
import { layOut, linksLine, type Style } from "../layout.ts";
import type { Message } from "../message.ts";
import { mentions, secretText, serverUrl, vendorUrl } from "../options.ts";
import type { Secret } from "../secret.ts";
import { defineKind, type Dependencies, type Sink } from "../sink.ts";
import { isAlarm } from "../step.ts";

const mention = mentions(
  /^(!here|!channel|!everyone|@[UW]\w+|!subteam\^S\w+)$/,
  '"!here", "!channel" or "@U012AB3CD"',
);

const Webhook = z.strictObject({
  url: vendorUrl("hooks.slack.com", "hooks.slack-gov.com").describe("An incoming webhook's URL"),
  mention,
});

const Bot = z.strictObject({
  token: secretText.describe("A bot token, xoxb-…, with chat:write"),
  channel: z.string().min(1).describe("The channel's id or name"),
  mention,
  api: serverUrl.default("https://slack.com/api/").describe("Slack's Web API"),
});

/** Slack: by an incoming webhook, or better as a bot that keeps one message per incident up to date. */
export const slack = defineKind({
  kind: "slack",
  audience: "people",
  options: z.union([Webhook, Bot], { error: "Give a webhook's url, or a bot's token and channel." }),
  create: (options, dependencies) =>
    "url" in options ? byWebhook(options, dependencies) : asBot(options, dependencies),
});

function byWebhook({ url, mention }: z.output<typeof Webhook>, dependencies: Dependencies): Sink {
  const target = new URL(url.reveal());
  const say = (news: Message) =>
    send(dependencies.post, { place: `Slack (${target.host})`, url: target, body: content(news, mention) });
  return { deliver: (event) => announce(say, event, dependencies) };
}

function asBot({ token, channel, mention, api }: z.output<typeof Bot>, dependencies: Dependencies): Sink {
  const call = caller(dependencies.post, api, token);
  const quiet = { unfurl_links: false, unfurl_media: false };
  const room: Room = {
    async post(news) {
      const answer = await call("chat.postMessage", { channel, ...quiet, ...content(news, mention) });
      return `${String(answer["channel"])} ${String(answer["ts"])}`;
    },
    async edit(id, news) {
      const answer = await call("chat.update", { ...addressOf(id), ...content(news, []) }, unchangeable);
      return answer["ok"] === true;
    },
    async followUp(id, news, { isLoud }) {
      const { channel, ts } = addressOf(id);
      const thread = { channel, thread_ts: ts, reply_broadcast: isLoud, ...quiet };
      await call("chat.postMessage", { ...thread, text: calling(news, mention) + layOut(news, style) });
    },
  };
  return { deliver: (event) => converse(room, event, dependencies) };
}

const unchangeable = new Set(["message_not_found", "cant_update_message", "edit_window_closed"]);
const temporary = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "ratelimited",
]);

// The Web API says 200 also when it refuses: the body tells (https://docs.slack.dev/apis/web-api).
function caller(post: Dependencies["post"], api: string, token: Secret) {
  return async function call(method: string, body: object, tolerated: ReadonlySet<string> = new Set()) {
    const headers = {
      authorization: `Bearer ${token.reveal()}`,
      "content-type": "application/json; charset=utf-8",
    };
    const answer = jsonOf(await send(post, { place: "Slack", url: new URL(method, api), body, headers }));
    if (answer["ok"] === true) return answer;
    const code = /^[a-z_]{1,60}$/.exec(String(answer["error"]))?.[0] ?? "no reason";
    if (tolerated.has(code)) return answer;
    const refusal = `Slack refuses ${method} with ${code}`;
    if (temporary.has(code)) throw new Error(`${refusal}.`);
    throw new PermanentError(`${refusal}; check the sink's token and channel, and that the bot is in it.`);
  };
}

function addressOf(id: string): { channel: string; ts: string } {
  const [channel = "", ts = ""] = id.split(" ");
  return { channel, ts };
}

const style: Style = {
  escape: mrkdwn,
  strong: (text) => `*${text}*`,
  link: (label, url) => `<${url.replaceAll("&", "&amp;")}|${label}>`,
  limit: 3900,
  measure: codePoints,
};

// The vendor's words stand in blocks that read no markup; `text` is what notifications show.
function content(news: Message, mention: readonly string[]) {
  const { headline, title = "", text = "", parts, facts, links } = news;
  const called = calling(news, mention);
  const below = [mrkdwn(facts), linksLine(links, style)].filter(Boolean).join("\n");
  const words = [text, parts && `Affected: ${parts}`].filter(Boolean).join("\n");
  return {
    text: called + layOut(news, style),
    blocks: [
      ...(called ? [{ type: "section", text: { type: "mrkdwn", text: called } }] : []),
      { type: "header", text: { type: "plain_text", text: cut(headline, 150), emoji: false } },
      ...richText(title, words),
      ...(below ? [{ type: "context", elements: [{ type: "mrkdwn", text: below, verbatim: true }] }] : []),
    ],
  };
}

function richText(title: string, words: string) {
  const elements = [
    ...(title ? [{ type: "text", text: title, style: { bold: true } }] : []),
    ...(words ? [{ type: "text", text: `${title ? "\n" : ""}${cut(words, 2700)}` }] : []),
  ];
  return elements.length ? [{ type: "rich_text", elements: [{ type: "rich_text_section", elements }] }] : [];
}

function calling(news: Message, mention: readonly string[]): string {
  return isAlarm(news) ? mention.map((who) => `<${who}> `).join("") : "";
}
