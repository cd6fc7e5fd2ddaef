import type { Queues } from "@statuswire/queues";
import type { Ledger, Log, Tallies, Traces } from "@statuswire/store";
import { z } from "zod";
import { operation, type Operation } from "../operation.ts";
import { DeliveriesAsked, readDeliveries } from "../read-deliveries.ts";
import { Seq } from "../seq.ts";
import { DeliveryView } from "../views/delivery.ts";
import { talliesView, TalliesView } from "../views/tallies.ts";

interface Dependencies {
  log: Log;
  traces: Traces;
  ledger: Ledger;
  tallies: Tallies;
  queues: Queues;
  now(): number;
}

const Deliveries = z.object({
  deliveries: z.array(DeliveryView).describe("Those of the newest event first."),
  previous: Seq.nullable().describe("Give it as `before` for those of earlier events. Null when that is all."),
});

/** `/api/v1/deliveries`: which event went to which sink, or why it did not. */
export function deliveries(dependencies: Dependencies): Operation[] {
  return [
    operation({
      path: "/api/v1/deliveries",
      summary: "A page of deliveries of the last 30 days, newest first: each event with each sink it is for.",
      asks: DeliveriesAsked,
      answers: Deliveries,
      perform: (asked) => readDeliveries(dependencies, asked),
    }),
    operation({
      path: "/api/v1/deliveries/hours",
      summary: "How many events each sink took, and how many tries failed, hour by hour.",
      asks: z.strictObject({ hours: z.coerce.number().int().min(1).max(168).default(48) }),
      answers: TalliesView,
      async perform({ hours }) {
        const now = dependencies.now();
        return talliesView(await dependencies.tallies.ofLast(hours, now), { hours, now });
      },
    }),
  ];
}
