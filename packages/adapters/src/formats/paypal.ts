import type { Component, Snapshot } from "@statuswire/status";
import { z } from "zod";
import { Feed } from "../feed.ts";
import type { Format, Told } from "../format.ts";
import {
  coverage,
  defined,
  has,
  identity,
  isReadable,
  optional,
  parsePayload,
  raw,
  requiredList,
  silent,
  text,
  word,
} from "../payload.ts";
import { xmlOrJson } from "../xml.ts";
import { affairsIn } from "./feed-parts.ts";

const componentStatus = word({
  operational: "operational",
  under_maintenance: "under_maintenance",
  service_disruption: "partial_outage",
  service_outage: "major_outage",
});

const ComponentPart = z
  .object({
    name: z.string().trim().min(1),
    category: optional(z.object({ name: text })),
    status: z.object({ production: z.string() }),
  })
  .transform(({ name, category, status: { production: theirs } }): Component => {
    const status = componentStatus(theirs.trim().toLowerCase().replaceAll(" ", "_"));
    const group = category?.name;
    return { id: identity(group ?? "", name), name, status, ...raw(status, theirs), ...defined({ group }) };
  });

// The sandbox has states of its own; what people depend on is production.
const Components = z
  .object({ result: requiredList(ComponentPart).refine(isReadable, "nothing in it could be read") })
  .transform(({ result }): Snapshot => ({
    ...silent,
    page: {},
    coverage: { ...silent.coverage, components: coverage(result) },
    components: result.entries,
  }));

function events(payload: Feed, told: Told): Snapshot {
  return { ...silent, page: defined({ name: payload.title, url: payload.link }), ...affairsIn(payload, told) };
}

/** PayPal: states from its API, incidents from its feed. */
export const paypal: Format = {
  ways: [["/api/v1/components", "/feed/atom"], ["/feed/atom"]],
  read: xmlOrJson,
  adapt: (payload, told) =>
    has(payload, "result") ? parsePayload(Components, payload) : events(parsePayload(Feed, payload), told),
};
