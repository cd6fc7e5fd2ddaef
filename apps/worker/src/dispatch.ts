import { setTimeout } from "node:timers/promises";
import { type Delivery, patienceWith } from "@statuswire/queues";
import type { Event } from "@statuswire/status";
import type { Group } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { Queue } from "bullmq";
import type { Routed } from "./routing.ts";

interface Dependencies {
  group: Group;
  deliveries: Queue;
  /** Which events go to which sinks. */
  route(events: readonly Event[]): Promise<Routed[]>;
  tell: Tell;
}

export interface Dispatcher {
  /** Resolves once no event is in hand. */
  stop(): Promise<void>;
}

/** Longer than any batch takes: what another has held for this long, it died with. */
const abandonedMs = 10_000;
const retryMs = 1000;

/** Reads the event log and turns each event into a delivery per sink. Repeating is harmless: deliveries' ids are made of the event's place. */
export function startDispatcher({ group, deliveries, route, tell }: Dependencies): Dispatcher {
  let isStopping = false;

  async function loop(): Promise<void> {
    while (!isStopping) {
      try {
        await dispatch(await group.adopt(abandonedMs));
        await dispatch(await group.next());
      } catch (error) {
        if (isStopping) return;
        tell("queue.troubled", { queue: "events", error });
        await setTimeout(retryMs);
      }
    }
  }

  async function dispatch(events: readonly Event[]): Promise<void> {
    if (!events.length) return;
    await deliveries.addBulk((await route(events)).map(jobOf));
    await group.done(events.map(({ seq }) => seq));
    tell("event.dispatched", { events: events.length });
  }

  const running = loop();
  return {
    async stop() {
      isStopping = true;
      group.leave();
      await running;
    },
  };
}

function jobOf({ event: { id, seq, provider }, sink }: Routed) {
  const data: Delivery = { v: 1, eventId: id, seq, sink };
  return { name: `${sink}: ${provider}`, data, opts: { ...patienceWith(sink), jobId: `delivery-${seq}-${sink}` } };
}
