import { z } from "zod";
import type { Level } from "../condition.ts";
import { announce } from "../conversation.ts";
import { bytes } from "../cut.ts";
import { cardText } from "../escape.ts";
import { send } from "../http.ts";
import { cutEscaped } from "../layout.ts";
import type { Message } from "../message.ts";
import { vendorUrl } from "../options.ts";
import { defineKind } from "../sink.ts";

const Options = z.strictObject({
  url: vendorUrl(
    "*.logic.azure.com",
    "*.api.powerplatform.com",
    "*.powerautomate.com",
    "*.webhook.office.com",
    "*.azure-apim.net",
  ).describe("The URL of a workflow that posts what it is sent"),
});

/** Microsoft Teams, by a Workflows URL, which takes Adaptive Cards only. */
export const teams = defineKind({
  kind: "teams",
  audience: "people",
  options: Options,
  create({ url }, dependencies) {
    const target = new URL(url.reveal());
    const say = (news: Message) =>
      send(dependencies.post, { place: `Teams (${target.host})`, url: target, body: envelope(card(news)) });
    return { deliver: (event) => announce(say, event, dependencies) };
  },
});

const style: Readonly<Record<Level, string>> = {
  calm: "good",
  notice: "accent",
  minor: "warning",
  major: "warning",
  critical: "attention",
};

// https://learn.microsoft.com/power-automate: Workflows take this envelope, and no MessageCard.
function envelope(content: object) {
  return {
    type: "message",
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content }],
  };
}

// Of a request's 28 kB the text gets most; what JSON makes of it is what counts.
const measure = (text: string) => bytes(JSON.stringify(text));

function card({ level, headline, title = "", text = "", parts, facts, links }: Message) {
  return {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    msteams: { width: "Full" },
    fallbackText: cardText(headline),
    body: [
      ...line(cardText(headline), { size: "large", weight: "bolder", color: style[level] }),
      ...line(cardText(title), { weight: "bolder" }),
      ...line(cutEscaped(text, 16_000, { escape: cardText, measure })),
      ...line(parts === undefined ? "" : cardText(`Affected: ${parts}`)),
      ...line(cardText(facts), { isSubtle: true, size: "small" }),
    ],
    actions: links.map(({ label, url }) => ({ type: "Action.OpenUrl", title: label, url })),
  };
}

// A TextBlock would read Markdown; a TextRun does not.
function line(text: string, look: object = {}) {
  return text ? [{ type: "RichTextBlock", inlines: [{ type: "TextRun", text, ...look }] }] : [];
}
