import { type Decision, type Event, recordedAt, Time } from "@statuswire/status";
import type { Attempt, Trace } from "@statuswire/store";
import { z } from "zod";

/** What has become of a delivery. */
export const DeliveryState = z.enum(["failed", "waiting", "held", "delivered", "left_out"]);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** One event on its way to one sink. */
export const DeliveryView = z.object({
  event: z.string().describe("The event's id."),
  seq: z.string().describe("The event's place in the log."),
  type: z.string(),
  provider: z.string(),
  product: z.string(),
  sink: z.string(),
  state: DeliveryState.describe(
    "`failed`: given up, see its dead letter; `waiting`: on its way, or tried again; `held`: told later, see `due`; `left_out`: not told, see `reason`.",
  ),
  reason: z.string().optional().describe("The last error, or why it is held or left out."),
  rule: z.string().optional().describe("The rule by which it goes there. Absent for what was replayed by hand."),
  due: Time.optional(),
  attempts: z.int().nonnegative().describe("How often it was tried; of very many, at most 200."),
  recordedAt: Time.describe("When the event came into the log."),
  triedAt: Time.optional().describe("When it was last tried, or left out."),
  deadLetter: z.string().optional().describe("The id of the dead letter that it became."),
});
export type DeliveryView = z.infer<typeof DeliveryView>;

/** What is known of an event's deliveries. */
export interface Evidence {
  trace: Trace;
  /** The ids of dead letters, by the sink that they were for. */
  graves: ReadonlyMap<string, string>;
  /** The sinks that the ledger says have been told. */
  told: ReadonlySet<string>;
  now: number;
}

/** An event's deliveries, one a sink: those that were decided on, and those that were tried without. */
export function deliveriesOf(event: Event, evidence: Evidence): DeliveryView[] {
  const { decisions } = evidence.trace.ruling ?? { decisions: [] };
  const decided = new Map(decisions.map((decision) => [decision.sink, decision]));
  const sinks = new Set([...decided.keys(), ...evidence.trace.attempts.map(({ sink }) => sink)]);
  return [...sinks].map((sink) => deliveryOf(event, { ...evidence, sink, decision: decided.get(sink) }));
}

interface Delivery extends Evidence {
  sink: string;
  decision: Decision | undefined;
}

function deliveryOf({ id, seq, type, provider, product }: Event, delivery: Delivery): DeliveryView {
  const { sink, decision, graves, trace } = delivery;
  const own = trace.attempts.filter((attempt) => attempt.sink === sink);
  const last = own.at(-1);
  const state = stateOf(last, delivery);
  const reason = reasonOf(state, { last, decision });
  const deadLetter = graves.get(sink);
  return {
    ...{ event: id, seq, type, provider, product, sink, state },
    ...(reason === undefined ? {} : { reason }),
    ...(decision ? { rule: decision.rule } : {}),
    ...(state === "held" && decision?.due !== undefined ? { due: decision.due } : {}),
    attempts: own.filter(({ outcome }) => tries.has(outcome)).length,
    recordedAt: new Date(recordedAt(seq)).toISOString(),
    ...(last ? { triedAt: last.at } : {}),
    ...(deadLetter === undefined ? {} : { deadLetter }),
  };
}

/** The outcomes for which somebody was asked. */
const tries: ReadonlySet<Attempt["outcome"]> = new Set(["delivered", "failed", "refused", "waiting"]);

const states: Readonly<Record<Attempt["outcome"], DeliveryState>> = {
  delivered: "delivered",
  refused: "failed",
  failed: "waiting",
  waiting: "waiting",
  overtaken: "left_out",
  not_needed: "left_out",
  disabled: "left_out",
};

function stateOf(last: Attempt | undefined, { sink, decision, graves, told, now }: Delivery): DeliveryState {
  if (graves.has(sink)) return "failed";
  if (told.has(sink)) return last?.outcome === "overtaken" ? "left_out" : "delivered";
  if (last) return states[last.outcome];
  if (!decision || decision.verdict === "drop") return "left_out";
  if (decision.due !== undefined && Date.parse(decision.due) > now) return "held";
  // A later change of the component speaks for it.
  return decision.verdict === "settle" ? "left_out" : "waiting";
}

interface Grounds {
  last: Attempt | undefined;
  decision: Decision | undefined;
}

function reasonOf(state: DeliveryState, { last, decision }: Grounds): string | undefined {
  if (state === "delivered") return undefined;
  if (last) return last.reason ?? (last.outcome === "overtaken" ? "it was told newer things first" : undefined);
  return decision?.reason;
}
