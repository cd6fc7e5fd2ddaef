import { z } from "zod";
import { colours } from "../colours.ts";
import { announce } from "../conversation.ts";
import { codePoints } from "../cut.ts";
import { markdown } from "../escape.ts";
import { send } from "../http.ts";
import { layOut, type Style } from "../layout.ts";
import type { Message } from "../message.ts";
import { mentions, secretUrl } from "../options.ts";
import { defineKind } from "../sink.ts";
import { isAlarm } from "../step.ts";

const Options = z.strictObject({
  url: secretUrl.describe("An incoming webhook's URL"),
  mention: mentions(/^@[a-z0-9._-]+$/, '"@here", "@channel", "@all" or "@someone"'),
});

/** Mattermost, by an incoming webhook. */
export const mattermost = defineKind({
  kind: "mattermost",
  audience: "people",
  options: Options,
  create({ url, mention }, dependencies) {
    const target = new URL(url.reveal());
    const say = (news: Message) =>
      send(dependencies.post, { place: `Mattermost (${target.host})`, url: target, body: content(news, mention) });
    return { deliver: (event) => announce(say, event, dependencies) };
  },
});

// A post has 16,383 characters, and marks are doubled by their backslashes.
const style: Style = {
  escape: markdown,
  strong: (text) => `**${text}**`,
  link: (label, url) => `[${label}](${url})`,
  limit: 12_000,
  measure: codePoints,
};

function content(news: Message, mention: readonly string[]) {
  const called = isAlarm(news) ? mention.join(" ") : "";
  const { headline, level } = news;
  return {
    ...(called && { text: called }),
    attachments: [{ fallback: markdown(headline), color: colours[level], text: layOut(news, style) }],
  };
}
