import type { Component, Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import { list, parsePayload, raw, silent, word } from "../payload.ts";
import { jsonp } from "../read.ts";

const indicator = word({ good: "none", minor: "minor", major: "major", scheduled: "maintenance" });
const componentStatus = word({
  good: "operational",
  minor: "degraded_performance",
  major: "major_outage",
  scheduled: "under_maintenance",
});

const ServicePart = z
  .tuple([z.string().min(1), z.object({ name: z.string().trim(), status: z.string() })])
  .transform(([id, { name, status: theirs }]): Component => {
    const status = componentStatus(theirs);
    return { id, name, status, ...raw(status, theirs) };
  });

// A map from which a service is missing looks whole, so what is missing is as it was.
const Statuses = z
  .object({
    global_status: z.string(),
    services: z
      .record(z.string(), z.unknown())
      .transform((byId) => list(ServicePart).parse(Object.entries(byId)))
      .refine(({ entries }) => entries.length > 0, "nothing in it could be read"),
  })
  .transform(({ global_status, services }): Snapshot => ({
    ...silent,
    page: { indicator: indicator(global_status) },
    components: services.entries,
  }));

/** Fedora's statusfpo, JSON or JSONP. fedora-infra/statusfpo. */
export const fedora: Format = {
  ways: [["/statuses.json"]],
  read: jsonp,
  adapt: (payload) => parsePayload(Statuses, payload),
};
