import { addresseeOf, type Grave, listDeadLetters, type Queues } from "@statuswire/queues";
import type { Event } from "@statuswire/status";
import { findEvent, type Ledger, type Log, type Traces } from "@statuswire/store";
import { z } from "zod";
import { Seq } from "./seq.ts";
import { words } from "./selection.ts";
import { deliveriesOf, DeliveryState, type DeliveryView } from "./views/delivery.ts";

/** How deliveries can be asked for. */
export const DeliveriesAsked = z.strictObject({
  sink: words(z.string()).describe("Names of sinks, separated by commas.").optional(),
  state: words(DeliveryState)
    .describe("States, separated by commas: `failed`, `waiting`, `held`, `delivered`, `left_out`.")
    .optional(),
  provider: words(z.string()).describe("Ids of providers, separated by commas.").optional(),
  event: z.string().max(200).describe("The event's id, or its seq.").optional(),
  before: Seq.describe("Only those of events recorded before this place.").optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type DeliveriesAsked = z.infer<typeof DeliveriesAsked>;

/** A page of deliveries, the newest event's first. A page ends where an event ends, and may be longer for that. */
export interface DeliveriesRead {
  deliveries: DeliveryView[];
  /** For `before`: where the next page begins. Null when that is all. */
  previous: string | null;
}

interface Dependencies {
  log: Log;
  traces: Traces;
  ledger: Ledger;
  queues: Queues;
  now(): number;
}

/** A search looks at so many events at a time; the cursor leads on from there. */
const mostScanned = 5000;
const batch = 250;
const mostGraves = 10_000;

/** Reads deliveries off the log: what was decided about each event, each try, and what became of it. */
export async function readDeliveries(dependencies: Dependencies, asked: DeliveriesAsked): Promise<DeliveriesRead> {
  const read = await createReader(dependencies, asked);
  if (asked.event !== undefined) {
    const event = await findEvent(asked.event, dependencies);
    return { deliveries: event ? await read(event) : [], previous: null };
  }
  const deliveries: DeliveryView[] = [];
  let { before } = asked;
  for (let scanned = 0; scanned < mostScanned; scanned += batch) {
    const events = await dependencies.log.newest(batch, before);
    const found = await Promise.all(events.map(read));
    for (const [index, { seq }] of events.entries()) {
      deliveries.push(...(found[index] ?? []));
      before = seq;
      if (deliveries.length >= asked.limit) return { deliveries, previous: before };
    }
    if (events.length < batch) return { deliveries, previous: null };
  }
  return { deliveries, previous: before ?? null };
}

async function createReader({ traces, ledger, queues, now }: Dependencies, asked: DeliveriesAsked) {
  const graves = gravesByPlace(await listDeadLetters(queues, mostGraves));
  const providers = asked.provider && new Set(asked.provider.map((id) => id.toLowerCase()));

  return async function read(event: Event): Promise<DeliveryView[]> {
    if (providers && !providers.has(event.provider)) return [];
    const trace = await traces.of(event.seq);
    const sinks = (trace.ruling?.decisions ?? []).map(({ sink }) => sink);
    const told = new Set(await keepTold(sinks, event.seq));
    const own = graves.get(event.seq) ?? new Map<string, string>();
    const deliveries = deliveriesOf(event, { trace, graves: own, told, now: now() });
    return deliveries.filter((delivery) => isWanted(delivery, asked));
  };

  async function keepTold(sinks: readonly string[], seq: string): Promise<string[]> {
    const told = await Promise.all(sinks.map((sink) => ledger.has(seq, sink)));
    return sinks.filter((_, index) => told[index]);
  }
}

/** The ids of dead letters, by the event's place and by the sink. */
function gravesByPlace(graves: readonly Grave[]): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const grave of graves) {
    const { sink, seqs } = addresseeOf(grave) ?? { sink: "", seqs: [] };
    for (const seq of seqs) found.set(seq, (found.get(seq) ?? new Map<string, string>()).set(sink, grave.id));
  }
  return found;
}

function isWanted({ sink, state }: DeliveryView, asked: DeliveriesAsked): boolean {
  return (!asked.sink || asked.sink.includes(sink)) && (!asked.state || asked.state.includes(state));
}
