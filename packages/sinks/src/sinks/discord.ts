import type { Answer } from "@statuswire/outbound";
import { z } from "zod";
import { colours } from "../colours.ts";
import { converse, type Room } from "../conversation.ts";
import { cut, utf16Units } from "../cut.ts";
import { markdown } from "../escape.ts";
import { ask, jsonOf, refusal, send } from "../http.ts";
import { brief, cutEscaped, linksLine, type Style } from "../layout.ts";
import type { Message } from "../message.ts";
import { mentions, vendorUrl } from "../options.ts";
import { defineKind } from "../sink.ts";
import { isAlarm } from "../step.ts";

const Options = z.strictObject({
  url: vendorUrl("discord.com", "discordapp.com", "ptb.discord.com", "canary.discord.com").describe(
    "A webhook's URL",
  ),
  mention: mentions(/^(@everyone|@here|<@&?\d+>)$/, '"@here", "@everyone", "<@user id>" or "<@&role id>"'),
});

const unknownMessage = 10008;

/** Discord, by a webhook: one message per incident, kept up to date. */
export const discord = defineKind({
  kind: "discord",
  audience: "people",
  options: Options,
  create({ url, mention }, dependencies) {
    const { post } = dependencies;
    const place = "Discord";
    const target = new URL(url.reveal());

    async function write(body: object): Promise<string> {
      const answer = await send(post, { place, url: messagesOf(target), body, askedSeconds });
      return String(jsonOf(answer)["id"]);
    }

    const room: Room = {
      post: (news) => write({ ...calling(news, mention), embeds: [embed(news)] }),
      async edit(id, news) {
        const url = messagesOf(target, id);
        const body = { embeds: [embed(news)], allowed_mentions: nobody };
        const answer = await ask(post, { place, url, body, method: "PATCH" });
        if (answer.status === 404 && jsonOf(answer)["code"] === unknownMessage) return false;
        if (answer.status < 200 || answer.status > 299) throw refusal(answer, { place, askedSeconds });
        return true;
      },
      async followUp(_id, news, { isLoud }) {
        if (isLoud) await write(withContent(brief(news, style), calling(news, mention)));
      },
    };
    return { deliver: (event) => converse(room, event, dependencies) };
  },
});

// The body says it more exactly than the header.
function askedSeconds(answer: Answer): number | undefined {
  const asked = jsonOf(answer)["retry_after"];
  return typeof asked === "number" ? asked : undefined;
}

// `wait` makes Discord say the message's id; a `thread_id` in the webhook's URL stays.
function messagesOf(webhook: URL, id?: string): URL {
  const url = new URL(webhook);
  if (id !== undefined) url.pathname = `${url.pathname.replace(/\/$/, "")}/messages/${encodeURIComponent(id)}`;
  else url.searchParams.set("wait", "true");
  return url;
}

const nobody = { parse: [] };

function calling(news: Message, mention: readonly string[]) {
  if (!isAlarm(news) || mention.length === 0) return { allowed_mentions: nobody };
  const idsOf = (form: RegExp) => mention.flatMap((who) => form.exec(who)?.[1] ?? []);
  const parse = mention.some((who) => who.startsWith("@")) ? ["everyone"] : [];
  return {
    content: mention.join(" "),
    allowed_mentions: { parse, users: idsOf(/^<@(\d+)>$/), roles: idsOf(/^<@&(\d+)>$/) },
  };
}

function withContent(text: string, called: { content?: string; allowed_mentions: object }) {
  return { ...called, content: [called.content, text].filter(Boolean).join(" ") };
}

const style: Style = {
  escape: markdown,
  strong: (text) => `**${text}**`,
  link: (label, url) => `[${label}](${url})`,
  limit: 4096,
  measure: utf16Units,
};

// The whole of a message may have 6,000 UTF-16 units, a title 256, a description 4,096, a footer 2,048.
function embed({ level, headline, title, text = "", parts, facts, links }: Message) {
  const below = [parts && markdown(`Affected: ${parts}`), linksLine(links, style)].filter(Boolean).join("\n");
  const above = title ? style.strong(markdown(title)) : "";
  const room = style.limit - above.length - below.length - 2;
  return {
    title: cutEscaped(headline, 256, style),
    description: [above, cutEscaped(text, room, style), below].filter(Boolean).join("\n"),
    color: Number.parseInt(colours[level].slice(1), 16),
    ...(facts && { footer: { text: cut(facts, 1000, utf16Units) } }),
  };
}
