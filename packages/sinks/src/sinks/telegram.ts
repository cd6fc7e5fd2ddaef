import type { Answer } from "@statuswire/outbound";
import { z } from "zod";
import { converse, type Room } from "../conversation.ts";
import { utf16Units } from "../cut.ts";
import { html } from "../escape.ts";
import { ask, jsonOf, refusal, send } from "../http.ts";
import { brief, layOut, type Style } from "../layout.ts";
import { secretText, serverUrl } from "../options.ts";
import { defineKind } from "../sink.ts";

const Options = z.strictObject({
  token: secretText.describe("The bot's token, from @BotFather"),
  chat: z
    .union([z.int(), z.string().regex(/^(@\w+|-?\d+)$/)], { error: 'A chat is "@channel" or a number.' })
    .describe("The chat's number, or a public channel's @name"),
  thread: z.int().optional().describe("A topic of a forum"),
  api: serverUrl.default("https://api.telegram.org/").describe("A Bot API server of your own"),
});

/** Telegram, as a bot: one message per incident, kept up to date. */
export const telegram = defineKind({
  kind: "telegram",
  audience: "people",
  options: Options,
  create({ token, chat, thread, api }, dependencies) {
    const { post } = dependencies;
    const place = "Telegram";
    const urlOf = (method: string) => new URL(`${api}bot${token.reveal()}/${method}`);

    async function write(text: string, more: object): Promise<string> {
      const body = {
        ...content(text),
        chat_id: chat,
        ...(thread !== undefined && { message_thread_id: thread }),
        ...more,
      };
      const answer = await send(post, { place, url: urlOf("sendMessage"), body, askedSeconds });
      return Sent.parse(jsonOf(answer)).result.message_id.toString();
    }

    const room: Room = {
      post: (news) => write(layOut(news, style), {}),
      async edit(id, news) {
        const body = { ...content(layOut(news, style)), chat_id: chat, message_id: Number(id) };
        const answer = await ask(post, { place, url: urlOf("editMessageText"), body });
        // Deleted, too old, or as it is already: Telegram says 400 to all of these.
        if (answer.status === 400) return isUnchanged(answer);
        if (answer.status < 200 || answer.status > 299) throw refusal(answer, { place, askedSeconds });
        return true;
      },
      async followUp(id, news, { isLoud }) {
        const reply = { message_id: Number(id), allow_sending_without_reply: true };
        if (isLoud) await write(brief(news, style), { reply_parameters: reply });
      },
    };
    return { deliver: (event) => converse(room, event, dependencies) };
  },
});

const Sent = z.object({ result: z.object({ message_id: z.int() }) });
const Busy = z.object({ parameters: z.object({ retry_after: z.number() }) });

function askedSeconds(answer: Answer): number | undefined {
  return Busy.safeParse(jsonOf(answer)).data?.parameters.retry_after;
}

// The Bot API has no code for it, only this description.
function isUnchanged(answer: Answer): boolean {
  return /message is not modified/i.test(String(jsonOf(answer)["description"]));
}

// A message has 4,096 characters after its marks are read; before, it has more.
const style: Style = {
  escape: html,
  strong: (text) => `<b>${text}</b>`,
  link: (label, url) => `<a href="${html(url)}">${label}</a>`,
  limit: 4096,
  measure: utf16Units,
};

function content(text: string) {
  return { text, parse_mode: "HTML", link_preview_options: { is_disabled: true } };
}
