import type { Component, Snapshot } from "@statuswire/status";
import { z } from "zod";
import { epochSeconds } from "../dates.ts";
import type { Format } from "../format.ts";
import { defined, id, optional, parsePayload, raw, silent, text, word } from "../payload.ts";

const componentStatus = word({ restored: "operational", degraded: "degraded_performance" });

// A component's identity is its address.
const Push = z
  .object({
    client: z.object({ name: optional(text), url: optional(text) }),
    component: z.object({
      url: id,
      name: z.string().trim(),
      group: optional(text),
      status: z.object({ state: z.string() }),
    }),
    meta: z.object({ created_at: epochSeconds }),
  })
  .transform(({ client, component: { url, name, group, status: said }, meta }): Snapshot => {
    const status = componentStatus(said.state);
    const component: Component = {
      id: url.split("/").at(-1) || url,
      name,
      status,
      ...raw(status, said.state),
      ...defined({ group }),
      updatedAt: meta.created_at,
    };
    return { ...silent, page: defined(client), components: [component] };
  });

/** Hund, pushed, version 1. https://hund.io/help/documentation/outgoing-webhooks; nothing public says what version 2 holds. */
export const hund: Format = {
  ways: [],
  adapt: (payload) => parsePayload(Push, payload),
};
