import type { Component, Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import {
  coverage,
  defined,
  id,
  isReadable,
  list,
  optional,
  parsePayload,
  requiredList,
  silent,
  text,
} from "../payload.ts";
import { utcTime } from "../iso.ts";

const ResultPart = z.object({ success: z.boolean(), timestamp: optional(utcTime) });

// Newest result last. Without any, nothing is known of an endpoint.
const EndpointPart = z
  .object({ key: id, name: z.string().trim(), group: optional(text), results: list(z.unknown()) })
  .transform(({ key, name, group, results }): Component => {
    const newest = ResultPart.safeParse(results.entries.at(-1)).data;
    const status = newest ? (newest.success ? "operational" : "major_outage") : "unknown";
    return { id: key, name, status, ...defined({ group, updatedAt: newest?.timestamp }) };
  });

const Endpoints = requiredList(EndpointPart)
  .refine(isReadable, "nothing in it could be read")
  .transform((endpoints): Snapshot => ({
    ...silent,
    page: {},
    coverage: { ...silent.coverage, components: coverage(endpoints) },
    components: endpoints.entries,
  }));

/** Gatus: endpoints and their last results, never incidents. TwiN/gatus `api/endpoint_status.go`. */
export const gatus: Format = {
  ways: [["/api/v1/endpoints/statuses"]],
  adapt: (payload) => parsePayload(Endpoints, payload),
};
