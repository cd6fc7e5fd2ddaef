import type { ConfiguredSink } from "@statuswire/config";
import { Time } from "@statuswire/status";
import { type Health, sinkStateOf } from "@statuswire/store";
import { z } from "zod";

/** A sink, and whether events arrive there. */
export const SinkView = z.object({
  name: z.string(),
  kind: z.string(),
  order: z.enum(["all", "latest", "strict", "none"]),
  state: z
    .enum(["ok", "failing", "disabled"])
    .describe(
      "failing: it refused the last event, or has failed three times in a row; disabled: it gets nothing.",
    ),
  failures: z.int().nonnegative().describe("Tries in a row that failed, since it took an event."),
  refusals: z.int().nonnegative().describe("Events in a row that it refused for good, since it took one."),
  since: Time.optional().describe("Since when it is so. Absent while it is well."),
  reason: z.string().optional().describe("Why no event arrives."),
});
export type SinkView = z.infer<typeof SinkView>;

/** A configured sink and its health as the API gives them. */
export function sinkView({ name, kind, order }: ConfiguredSink, health: Health): SinkView {
  const { failures, refusals, failingSince, refusingSince, disabledAt } = health;
  const began = disabledAt ?? Math.min(failingSince ?? Infinity, refusingSince ?? Infinity);
  const reason = disabledAt === undefined ? health.error : health.reason;
  return {
    ...{ name, kind, order, state: sinkStateOf(health), failures, refusals },
    ...(Number.isFinite(began) ? { since: new Date(began).toISOString() } : {}),
    ...(reason === undefined ? {} : { reason }),
  };
}
