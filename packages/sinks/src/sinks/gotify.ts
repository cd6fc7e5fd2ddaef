import { z } from "zod";
import type { Level } from "../condition.ts";
import { announce } from "../conversation.ts";
import { codePoints, cut } from "../cut.ts";
import { plain } from "../escape.ts";
import { send } from "../http.ts";
import { bodyOf, type Style } from "../layout.ts";
import type { Message } from "../message.ts";
import { secretText, serverUrl } from "../options.ts";
import { defineKind } from "../sink.ts";

const Options = z.strictObject({
  server: serverUrl.describe("Your Gotify server"),
  token: secretText.describe("An application's token"),
});

/** Gotify, on a server of one's own. */
export const gotify = defineKind({
  kind: "gotify",
  audience: "people",
  options: Options,
  create({ server, token }, dependencies) {
    const url = new URL("message", server);
    const headers = { "x-gotify-key": token.reveal() };
    const say = (news: Message) =>
      send(dependencies.post, { place: `Gotify (${url.host})`, url, body: content(news), headers });
    return { deliver: (event) => announce(say, event, dependencies) };
  },
});

const priority: Readonly<Record<Level, number>> = { calm: 4, notice: 2, minor: 5, major: 7, critical: 9 };

const style: Style = {
  escape: plain,
  strong: plain,
  link: (label, url) => `${label}: ${url}`,
  limit: 10_000,
  measure: codePoints,
};

function content(news: Message) {
  const { headline, level, links } = news;
  return {
    title: cut(headline, 250),
    message: bodyOf(news, style),
    priority: priority[level],
    extras: {
      "client::display": { contentType: "text/plain" },
      ...(links[0] && { "client::notification": { click: { url: links[0].url } } }),
    },
  };
}
