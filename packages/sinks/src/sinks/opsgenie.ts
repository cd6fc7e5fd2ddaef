import { subjectOf } from "@statuswire/status";
import { z } from "zod";
import type { Level } from "../condition.ts";
import { cut } from "../cut.ts";
import { plain } from "../escape.ts";
import { send } from "../http.ts";
import { layOut, type Style } from "../layout.ts";
import { message, type Message } from "../message.ts";
import { secretText, serverUrl } from "../options.ts";
import { defineKind } from "../sink.ts";
import { digest } from "../digest.ts";

const Options = z.strictObject({
  apiKey: secretText.describe("The key of an API integration"),
  api: serverUrl
    .default("https://api.opsgenie.com/")
    .describe(
      "https://api.eu.opsgenie.com, or https://api.atlassian.com/jsm/ops/integration for Jira Service Management",
    ),
});

/** Opsgenie, and Jira Service Management, which speaks its Alert API: one alert per incident, closed with it. */
export const opsgenie = defineKind({
  kind: "opsgenie",
  audience: "pager",
  options: Options,
  create({ apiKey, api }, { post, pageOf }) {
    const headers = { authorization: `GenieKey ${apiKey.reveal()}` };
    const call = (path: string, body: object, method: "POST" | "PUT" = "POST") =>
      send(post, { place: "Opsgenie", url: new URL(`v2/alerts${path}`, api), body, headers, method });

    return {
      async deliver(event) {
        const news = message(event, { page: pageOf?.(event) });
        const alias = digest(subjectOf(event));
        const of = (what: string) => `/${alias}/${what}?identifierType=alias`;
        const note = cut(layOut(news, style), 25_000);
        if (news.isOver) {
          await call(of("close"), { source: "Statuswire", note });
          return;
        }
        // An alias that is open already takes no new words from this; one that is not would take no note.
        await call("", alert(news, alias));
        if (news.step === "opened") return;
        await call(of("priority"), { priority: priority[news.level] }, "PUT");
        await call(of("notes"), { source: "Statuswire", note });
      },
    };
  },
});

const priority: Readonly<Record<Level, string>> = {
  calm: "P5",
  notice: "P5",
  minor: "P3",
  major: "P2",
  critical: "P1",
};

const style: Style = {
  escape: plain,
  strong: plain,
  link: (label, url) => `${label}: ${url}`,
  limit: 15_000,
  measure: (text) => text.length,
};

function alert(news: Message, alias: string) {
  const { headline, title, level, service } = news;
  return {
    message: cut([headline, title].filter(Boolean).join(" – "), 130),
    alias,
    description: layOut(news, style),
    entity: service,
    source: "Statuswire",
    priority: priority[level],
  };
}
