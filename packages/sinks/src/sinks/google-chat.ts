import { subjectOf } from "@statuswire/status";
import { z } from "zod";
import { bytes, cut } from "../cut.ts";
import { chatText, html } from "../escape.ts";
import { send } from "../http.ts";
import { cutEscaped } from "../layout.ts";
import { message, type Message } from "../message.ts";
import { mentions, vendorUrl } from "../options.ts";
import { defineKind } from "../sink.ts";
import { isAlarm } from "../step.ts";
import { digest } from "../digest.ts";

const Options = z.strictObject({
  url: vendorUrl("chat.googleapis.com").describe("A space's webhook URL"),
  mention: mentions(/^users\/(all|\d+)$/, '"users/all" or "users/<id>"'),
});

/** Google Chat, by a space's webhook: a card per event, in one thread per incident. */
export const googleChat = defineKind({
  kind: "google-chat",
  audience: "people",
  options: Options,
  create({ url, mention }, { name, post, pageOf }) {
    return {
      async deliver(event) {
        const news = message(event, { page: pageOf?.(event) });
        const thread = { threadKey: digest(subjectOf(event), name) };
        const target = inThread(url.reveal(), digest(event.id, name));
        const body = { ...content(news, mention), thread };
        await send(post, { place: "Google Chat", url: target, body });
      },
    };
  },
});

// A request's id makes it the same message when it is sent again.
function inThread(webhook: string, requestId: string): URL {
  const url = new URL(webhook);
  url.searchParams.set("messageReplyOption", "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD");
  url.searchParams.set("requestId", requestId);
  return url;
}

function content(news: Message, mention: readonly string[]) {
  const called = isAlarm(news) ? mention.map((who) => `<${who}>`).join(" ") : "";
  return {
    ...(called && { text: `${called} ${chatText(news.headline)}` }),
    fallbackText: chatText(news.headline),
    cardsV2: [{ cardId: "event", card: card(news) }],
  };
}

// A whole message has 32,000 bytes; HTML stands in JSON, so that a quote costs more than its six letters.
const measure = (text: string) => bytes(JSON.stringify(text));

function card({ headline, title = "", text = "", parts, facts, links }: Message) {
  const paragraphs = [
    cutEscaped(text, 16_000, { escape: html, measure }),
    parts === undefined ? "" : html(`Affected: ${parts}`),
    html(facts),
  ];
  const buttons = links.map(({ label, url }) => ({ text: label, onClick: { openLink: { url } } }));
  return {
    header: { title: cut(headline, 200), ...(title && { subtitle: title }) },
    sections: [
      {
        widgets: [
          ...paragraphs.filter(Boolean).map((paragraph) => ({ textParagraph: { text: paragraph } })),
          ...(buttons.length ? [{ buttonList: { buttons } }] : []),
        ],
      },
    ],
  };
}
