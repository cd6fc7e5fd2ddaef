import { byPlace, changesOf, type Event, stillHolds } from "@statuswire/status";
import type { Hold, Holds, Log, Store, Counters, Traces } from "@statuswire/store";
import type { Queue } from "bullmq";
import { deliveryJob } from "./delivery-job.ts";
import type { Sinks } from "./sinks.ts";

interface Dependencies {
  holds: Holds;
  log: Log;
  store: Pick<Store, "known">;
  counters: Counters;
  traces: Traces;
  sinks: Pick<Sinks, "audienceOf">;
  deliveries: Queue;
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
  const { holds, log, store, counters, traces, sinks, deliveries, now } = dependencies;

  return async function release(): Promise<void> {
    const due = await holds.due(now().getTime());
    if (!due.length) return;
    const found = await Promise.all(due.map(async (hold) => ({ ...hold, event: await log.at(hold.seq) })));
    // What the log has lost is told to nobody.
    const told = found.filter((hold): hold is Due => hold.event !== undefined);
    await deliveries.addBulk([
      ...(await Promise.all(told.map(jobsOf))).flat(),
      ...digestsOf(told.filter(({ kind }) => kind === "digest")),
    ]);
    await holds.release(due);
  };

  async function jobsOf(hold: Due) {
    const { kind, event, sink } = hold;
    if (kind === "digest") return [];
    if (kind === "settle") return (await hasSettled(event)) ? [deliveryJob(event, { sink, as: "settled" })] : [];
    if (stillHolds(event, await store.known(event.provider))) return [deliveryJob(event, { sink, mark: "held" })];
    const reason = "it was over before its delay ended";
    await traces.attempted(event.seq, { sink, at: now().toISOString(), outcome: "not_needed", reason });
    return [];
  }

  // A later change has a hold of its own.
  async function hasSettled(event: Event): Promise<boolean> {
    const newest = await counters.newest(changesOf(event));
    return newest === undefined || newest === event.seq;
  }

  /** People get one message of all that waited; programs and pagers each event by itself. */
  function digestsOf(due: readonly Due[]) {
    return [...new Set(due.map(({ sink }) => sink))].flatMap((sink) => {
      const waiting = due.filter((hold) => hold.sink === sink);
      const events = waiting.map(({ event }) => event).toSorted((one, other) => byPlace(one.seq, other.seq));
      const last = events.at(-1);
      if (last === undefined) return [];
      if (sinks.audienceOf(sink) !== "people")
        return events.map((event) => deliveryJob(event, { sink, mark: "held" }));
      const digest = events.map(({ seq }) => seq);
      return [deliveryJob(last, { sink, digest, mark: digest[0] ?? "" })];
    });
  }
}
