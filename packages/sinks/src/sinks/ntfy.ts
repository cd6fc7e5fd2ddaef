import { z } from "zod";
import type { Level } from "../condition.ts";
import { announce } from "../conversation.ts";
import { bytes, cut } from "../cut.ts";
import { plain } from "../escape.ts";
import { send } from "../http.ts";
import { bodyOf, type Style } from "../layout.ts";
import type { Message } from "../message.ts";
import { secretText, serverUrl } from "../options.ts";
import { defineKind } from "../sink.ts";

const Options = z.strictObject({
  topic: z
    .string()
    .regex(/^[-_A-Za-z0-9]{1,64}$/, "A topic is 1 to 64 letters, digits, '-' and '_'.")
    .describe("The topic: who knows it can read it"),
  server: serverUrl.default("https://ntfy.sh/").describe("A server of your own"),
  token: secretText.optional().describe("An access token, tk_…"),
});

/** ntfy, on ntfy.sh or a server of one's own. */
export const ntfy = defineKind({
  kind: "ntfy",
  audience: "people",
  options: Options,
  create({ topic, server, token }, dependencies) {
    const url = new URL(server);
    const headers = token && { authorization: `Bearer ${token.reveal()}` };
    const say = (news: Message) => {
      const body = { topic, ...content(news) };
      return send(dependencies.post, { place: `ntfy (${url.host})`, url, body, ...(headers && { headers }) });
    };
    return { deliver: (event) => announce(say, event, dependencies) };
  },
});

const priority: Readonly<Record<Level, number>> = { calm: 3, notice: 2, minor: 3, major: 4, critical: 5 };

// A longer message becomes a file to download.
const style: Style = { escape: plain, strong: plain, link: () => "", limit: 4000, measure: bytes };

// JSON, not headers: vendors' words stand in no header (https://docs.ntfy.sh/publish/#publish-as-json).
function content(news: Message) {
  const { headline, level, links } = news;
  return {
    title: cut(headline, 250),
    message: bodyOf(news, style),
    priority: priority[level],
    ...(links[0] && { click: links[0].url }),
    actions: links.map(({ label, url }) => ({ action: "view", label, url })),
  };
}
