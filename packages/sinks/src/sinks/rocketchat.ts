import { z } from "zod";
import { colours } from "../colours.ts";
import { announce } from "../conversation.ts";
import { codePoints } from "../cut.ts";
import { looseMarkdown } from "../escape.ts";
import { send } from "../http.ts";
import { layOut, type Style } from "../layout.ts";
import type { Message } from "../message.ts";
import { mentions, secretUrl } from "../options.ts";
import { defineKind } from "../sink.ts";
import { isAlarm } from "../step.ts";

const Options = z.strictObject({
  url: secretUrl.describe("An incoming webhook's URL"),
  mention: mentions(/^@[A-Za-z0-9._-]+$/, '"@here", "@all" or "@someone"'),
});

/** Rocket.Chat, by an incoming webhook. */
export const rocketchat = defineKind({
  kind: "rocketchat",
  audience: "people",
  options: Options,
  create({ url, mention }, dependencies) {
    const target = new URL(url.reveal());
    const say = (news: Message) =>
      send(dependencies.post, {
        place: `Rocket.Chat (${target.host})`,
        url: target,
        body: content(news, mention),
      });
    return { deliver: (event) => announce(say, event, dependencies) };
  },
});

// A message has 5,000 characters unless the server's administrator says otherwise.
const style: Style = {
  escape: looseMarkdown,
  strong: (text) => `*${text}*`,
  link: (label, url) => `[${label}](${url})`,
  limit: 4500,
  measure: codePoints,
};

function content(news: Message, mention: readonly string[]) {
  const called = isAlarm(news) ? mention.join(" ") : "";
  const { headline, level } = news;
  return {
    ...(called && { text: called }),
    attachments: [{ fallback: looseMarkdown(headline), color: colours[level], text: layOut(news, style) }],
  };
}
