import { setTimeout } from "node:timers/promises";
import { type Decision, type Event, phaseOf } from "@statuswire/status";
import type { Group, Hold, Holds } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { Routed } from "./routing.ts";
import type { createSendOff, Sent } from "./send-off.ts";

interface Dependencies {
  group: Group;
  sendOff: ReturnType<typeof createSendOff>;
  holds: Holds;
  /** What becomes of events. */
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

/**
 * Reads the event log and does with each event what is decided: a delivery per sink now, or a hold for later. Repeating is
 * harmless: decisions stand, and the ids of deliveries and holds are made of the event's place.
 */
export function startDispatcher({ group, sendOff, holds, route, tell }: Dependencies): Dispatcher {
  let isStopping = false;

  async function loop(): Promise<void> {
    while (!isStopping) {
      try {
        await dispatch(await group.adopt(abandonedMs));
        await dispatch(await group.next());
      } catch (error) {
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- stop() sets it while we wait
        if (isStopping) return;
        tell("queue.troubled", { queue: "events", error });
        await setTimeout(retryMs);
      }
    }
  }

  async function dispatch(events: readonly Event[]): Promise<void> {
    if (!events.length) return;
    const routed = await route(events);
    await holds.keep(routed.flatMap(holdsOf));
    await sendOff(routed.flatMap(sentOf));
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

const kinds: Partial<Readonly<Record<Decision["verdict"], Hold["kind"]>>> = {
  recheck: "recheck",
  digest: "digest",
  settle: "settle",
  unstable: "settle",
};

function holdsOf({ event: { seq }, ruling }: Routed): (Hold & { due: number })[] {
  return ruling.decisions.flatMap(({ sink, verdict, due }) => {
    const kind = kinds[verdict];
    return kind && due !== undefined ? [{ kind, seq, sink, due: Date.parse(due) }] : [];
  });
}

function sentOf({ event, ruling }: Routed): Sent[] {
  return ruling.decisions.flatMap(({ sink, verdict }): Sent[] => {
    if (verdict === "tell") return [{ event, sink }];
    if (verdict === "unstable") return [{ event, sink, as: "unstable" }];
    // What a sink is being told of goes on without waiting; where it is not, the hold tells it.
    const isGoingOn = verdict === "tell_if_open" || (verdict === "recheck" && phaseOf(event) !== "onset");
    return isGoingOn ? [{ event, sink, ifOpen: true }] : [];
  });
}
