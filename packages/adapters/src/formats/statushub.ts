import type { Impact, Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import { parsePayload, silent } from "../payload.ts";

const Count = z.int().min(0);

// How many services are up, affected and down; which, the page tells only in HTML.
const Statuses = z
  .object({ counters: z.object({ count_status_1: Count, count_status_2: Count, count_status_3: Count }) })
  .transform(({ counters: { count_status_1: up, count_status_2: affected, count_status_3: down } }): Snapshot => {
    const indicator: Impact = down ? "major" : affected ? "minor" : up ? "none" : "unknown";
    return { ...silent, page: { indicator } };
  });

/** StatusHub. inket/stts. */
export const statushub: Format = {
  ways: [["/api/statuses"]],
  adapt: (payload) => parsePayload(Statuses, payload),
};
