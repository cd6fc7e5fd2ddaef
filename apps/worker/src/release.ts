import { byPlace, changesOf, type Event, stillHolds } from "@statuswire/status";
import type { Hold, Holds, Log, Networks, Store, Counters, Traces } from "@statuswire/store";
import type { createSendOff, Sent } from "./send-off.ts";
import type { Sinks } from "./sinks.ts";

interface Dependencies {
  holds: Holds;
  log: Log;
  store: Pick<Store, "known">;
  networks: Pick<Networks, "of">;
  counters: Counters;
  traces: Traces;
  sinks: Pick<Sinks, "traitsOf">;
  sendOff: ReturnType<typeof createSendOff>;
  now(): Date;
}

interface Due extends Hold {
  event: Event;
}

/**
 * Puts what was held and is due on its way, if it still holds. A hold goes only after its delivery is queued, under an id made
 * of the hold: to die in between, or to be two who do it, repeats what changes nothing.
 */
export function createReleaser(dependencies: Dependencies) {
  const { holds, log, store, networks, counters, traces, sinks, sendOff, now } = dependencies;

  return async function release(): Promise<void> {
    const due = await holds.due(now().getTime());
    if (!due.length) return;
    const found = await Promise.all(due.map(async (hold) => ({ ...hold, event: await log.at(hold.seq) })));
    // What the log has lost is told to nobody.
    const told = found.filter((hold): hold is Due => hold.event !== undefined);
    await sendOff([
      ...(await Promise.all(told.map(alone))).flat(),
      ...digestsOf(told.filter(({ kind }) => kind === "digest")),
    ]);
    await holds.release(due);
  };

  async function alone(hold: Due): Promise<Sent[]> {
    const { kind, event, sink } = hold;
    if (kind === "digest") return [];
    if (kind === "settle") return (await hasSettled(event)) ? [{ event, sink, as: "settled" }] : [];
    if (await isStillSo(event)) return [{ event, sink }];
    const reason = "it was over before its delay ended";
    await traces.attempted(event.seq, { sink, at: now().toISOString(), outcome: "not_needed", reason });
    return [];
  }

  async function isStillSo(event: Event): Promise<boolean> {
    if (event.type === "network.lost") return (await networks.of()).lostAt !== undefined;
    return stillHolds(event, await store.known(event.provider));
  }

  // A later change has a hold of its own.
  async function hasSettled(event: Event): Promise<boolean> {
    const newest = await counters.newest(changesOf(event));
    return newest === undefined || newest === event.seq;
  }

  /** People get one message of all that waited; programs and pagers each event by itself. */
  function digestsOf(due: readonly Due[]): Sent[] {
    return [...new Set(due.map(({ sink }) => sink))].flatMap((sink): Sent[] => {
      const waiting = due.filter((hold) => hold.sink === sink);
      const events = waiting.map(({ event }) => event).toSorted((one, other) => byPlace(one.seq, other.seq));
      const last = events.at(-1);
      if (last === undefined) return [];
      if (sinks.traitsOf(sink).audience !== "people") return events.map((event) => ({ event, sink }));
      return [{ event: last, sink, digest: events.map(({ seq }) => seq) }];
    });
  }
}
