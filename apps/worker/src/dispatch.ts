import { setTimeout } from "node:timers/promises";
import { tellTrouble } from "@statuswire/service";
import type { Poll } from "@statuswire/queues";
import { consoleName, type Decision, type Event, phaseOf } from "@statuswire/status";
import type { Group, Hold, Holds } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { Ask } from "./ask.ts";
import type { createPrinter } from "./print.ts";
import type { Routed } from "./routing.ts";
import type { createSendOff, Sent } from "./send-off.ts";

interface Dependencies {
  group: Group;
  sendOff: ReturnType<typeof createSendOff>;
  print: ReturnType<typeof createPrinter>;
  ask: Ask;
  holds: Holds;
  /** What becomes of events. */
  route(events: readonly Event[]): Promise<Routed[]>;
  now(): Date;
  tell: Tell;
}

export interface Dispatcher {
  /** Resolves once no event is in hand. */
  stop(): Promise<void>;
}

/** Longer than any batch takes: what another has held for this long, it died with. */
const abandonedMs = 10_000;
/** Enough that what is asked of Redis once for all costs each next to nothing, few enough to be done with in time. */
const atOnce = 500;
const adoptEveryMs = 1000;
const retryMs = 1000;

/**
 * Reads the event log and does with each event what is decided: it is printed, queued for a sink, or held for later. Where an end
 * was inferred, its page is asked once more for the closing words. Repeating is harmless: decisions stand, and the ids of
 * deliveries and holds are made of the event's place.
 */
export function startDispatcher({
  group,
  sendOff,
  print,
  ask,
  holds,
  route,
  now,
  tell,
}: Dependencies): Dispatcher {
  let isStopping = false;
  let adoptAt = 0;
  let marked: Promise<void> = Promise.resolve();

  async function loop(): Promise<void> {
    while (!isStopping) {
      try {
        await adopt();
        await dispatch(await group.next({ count: atOnce }));
      } catch (error) {
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- stop() sets it while we wait
        if (isStopping) return;
        trouble(error);
        await setTimeout(retryMs);
      }
    }
  }

  async function adopt(): Promise<void> {
    if (now().getTime() < adoptAt) return;
    await dispatch(await group.adopt(abandonedMs, atOnce));
    adoptAt = now().getTime() + adoptEveryMs;
  }

  async function dispatch(events: readonly Event[]): Promise<void> {
    if (!events.length) return;
    // Another worker adopts what we have in hand, because we were paused, later than this.
    const oursUntil = now().getTime() + abandonedMs / 2;
    const routed = await route(events);
    await holds.keep(routed.flatMap(holdsOf));
    const sent = routed.map((one) => ({ ...one, all: sentOf(one) }));
    const others = sent.flatMap(({ all }) => all.filter((how) => !isPrinted(how)));
    const own = sent.filter(({ all }) => all.some(isPrinted));
    const lost = new Set<string>();
    async function keep(seqs: readonly string[]): Promise<ReadonlySet<string>> {
      const kept = await group.keep(seqs);
      for (const seq of seqs) if (!kept.has(seq)) lost.add(seq);
      return kept;
    }
    await Promise.all([
      ...events.flatMap(closingWordsOf).map(ask),
      sendOff(others, () => group.joined(events.map(({ seq }) => seq))),
      print(own, { oursUntil, keep }).then((failed) => sendOff(failed.map(toConsole))),
    ]);
    // What is not marked is adopted again, which is harmless: nobody waits for it.
    const done = events.map(({ seq }) => seq).filter((seq) => !lost.has(seq));
    marked = group.done(done).catch(trouble);
    tell("event.dispatched", { events: events.length });
  }

  function trouble(error: unknown): void {
    tellTrouble(tell, { queue: "events", error });
  }

  const running = loop();
  return {
    async stop() {
      isStopping = true;
      group.leave();
      await running;
      await marked;
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

// Our own output is never away, so it needs no queue; what is said of an event but once something else is known does.
function isPrinted({ sink, as, ifOpen }: Sent): boolean {
  return sink === consoleName && as === undefined && ifOpen === undefined;
}

// Who missed it first has asked; if they died over it, this is what is left of the question.
function closingWordsOf({ type, provider, incident, inferred }: Event): Poll[] {
  return type === "incident.resolved" && inferred && incident ? [{ v: 1, provider, incident: incident.id }] : [];
}

function toConsole(event: Event): Sent {
  return { event, sink: consoleName };
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
