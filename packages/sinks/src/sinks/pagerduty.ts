import { type Event, subjectOf } from "@statuswire/status";
import { z } from "zod";
import type { Level } from "../condition.ts";
import { cut } from "../cut.ts";
import { send } from "../http.ts";
import { message, type Message } from "../message.ts";
import { secretText, serverUrl } from "../options.ts";
import { defineKind } from "../sink.ts";
import { digest } from "../digest.ts";

const Options = z.strictObject({
  routingKey: secretText.describe("The integration key of an Events API v2 integration"),
  api: serverUrl
    .default("https://events.pagerduty.com/")
    .describe("https://events.eu.pagerduty.com for accounts in the EU"),
});

/** PagerDuty, by Events API v2: one alert per incident, which resolves with it. */
export const pagerduty = defineKind({
  kind: "pagerduty",
  audience: "pager",
  options: Options,
  create({ routingKey, api }, { post, pageOf }) {
    const url = new URL("v2/enqueue", api);
    return {
      async deliver(event) {
        const news = message(event, { page: pageOf?.(event) });
        const body = { routing_key: routingKey.reveal(), ...alert(event, news) };
        await send(post, { place: "PagerDuty", url, body });
      },
    };
  },
});

const severity: Readonly<Record<Level, string>> = {
  calm: "info",
  notice: "info",
  minor: "warning",
  major: "error",
  critical: "critical",
};

// https://developer.pagerduty.com/docs/events-api-v2/trigger-events: a known key updates its alert.
function alert(event: Event, news: Message) {
  const key = { dedup_key: `${event.provider}:${digest(subjectOf(event))}` };
  if (news.isOver) return { event_action: "resolve", ...key };
  const { headline, title, text = "", parts, facts, links, level, service } = news;
  return {
    event_action: "trigger",
    ...key,
    client: "Statuswire",
    links: links.map(({ label, url }) => ({ href: url, text: label })),
    payload: {
      summary: cut([headline, title].filter(Boolean).join(" – "), 1024),
      source: event.provider,
      severity: severity[level],
      timestamp: event.timestamp,
      component: service,
      class: event.type,
      custom_details: { update: cut(text, 8000), ...(parts && { affected: parts }), facts },
    },
  };
}
