import { createHmac } from "node:crypto";
import { type Event, subjectOf } from "@statuswire/status";
import { z } from "zod";
import { withPage } from "../event-json.ts";
import { send } from "../http.ts";
import { secretText, secretUrl } from "../options.ts";
import { Secret } from "../secret.ts";
import { defineKind } from "../sink.ts";
import { digest } from "../digest.ts";

const signingSecret = z
  .string()
  .refine(isSigningSecret, "A signing secret is whsec_ and the base64 of 24 to 64 random bytes.")
  .transform((text) => new Secret(text));

const Headers = z.record(
  z
    .string()
    .regex(/^(?!webhook-|content-|host$|connection$|transfer-encoding$)[a-z0-9-]+$/i, "This header can't be set."),
  secretText,
);

const Options = z.strictObject({
  url: secretUrl.describe("Where events are posted to"),
  secrets: z
    .array(signingSecret)
    .default([])
    .describe("whsec_… secrets that sign each request; several while you change them"),
  format: z
    .enum(["event", "cloudevents"])
    .default("event")
    .describe("event: the event itself; cloudevents: CloudEvents 1.0, structured mode"),
  headers: Headers.default({}).describe("Headers to add, such as authorization"),
});

/** Any HTTP endpoint, by Standard Webhooks (https://www.standardwebhooks.com). */
export const webhook = defineKind({
  kind: "webhook",
  audience: "program",
  options: Options,
  create({ url, secrets, format, headers }, { name, post, now, ...pages }) {
    const target = new URL(url.reveal());
    const own = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, value.reveal()]));
    return {
      async deliver(event) {
        const id = `msg_${digest(event.id, name)}`;
        const timestamp = String(Math.floor(now().getTime() / 1000));
        const news = withPage(event, pages);
        const body = JSON.stringify(format === "cloudevents" ? cloudEvent(news) : news);
        const signatures = secrets.map((secret) => sign(secret, `${id}.${timestamp}.${body}`));
        await send(post, {
          place: `The webhook at ${target.host}`,
          url: target,
          body,
          headers: {
            ...own,
            "content-type": format === "cloudevents" ? "application/cloudevents+json" : "application/json",
            "webhook-id": id,
            "webhook-timestamp": timestamp,
            ...(signatures.length && { "webhook-signature": signatures.join(" ") }),
          },
        });
      },
    };
  },
});

function sign(secret: Secret, signed: string): string {
  return `v1,${createHmac("sha256", keyOf(secret.reveal())).update(signed).digest("base64")}`;
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice("whsec_".length), "base64");
}

function isSigningSecret(text: string): boolean {
  const { length } = keyOf(text);
  return /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(text) && length >= 24 && length <= 64;
}

// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
function cloudEvent(event: Event) {
  return {
    specversion: "1.0",
    id: event.id,
    source: `/statuswire/${encodeURIComponent(event.provider)}`,
    type: `statuswire.${event.type}`,
    subject: subjectOf(event),
    time: event.timestamp,
    datacontenttype: "application/json",
    data: event,
  };
}
