import type { Provider } from "@statuswire/config";
import type { Observation } from "@statuswire/queues";
import { type Event, isUnconfirmed, type Known, type Snapshot, vanished } from "@statuswire/status";
import type { Moved, Payloads, Readings, Store } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { formatOf } from "./adapt.ts";
import type { Ask } from "./ask.ts";
import type { Figures } from "./figures.ts";
import { snapshotIn, take } from "./take.ts";
import type { Watched } from "./watched.ts";

interface Dependencies {
  watched: Watched;
  store: Store;
  readings: Readings;
  payloads: Payloads;
  ask: Ask;
  figures: Figures;
  now(): Date;
  tell: Tell;
}

/** The main path: payload → snapshot → changes → event log. Sinks read the log; nothing here waits for them. */
export function createObserver({ watched, store, readings, payloads, ask, figures, now, tell }: Dependencies) {
  return async function observe(observation: Observation): Promise<Event[]> {
    const { provider: id, via, receivedAt: at } = observation;
    const provider = asRead(watched.named(id), observation);
    const told = snapshotIn(observation, formatOf(provider));
    const step = (before: Known) => take(before, told, { provider, observation });
    const { known, events } = await store.transition(id, step, { via, at });
    await remember(observation, known);
    await askForTheVanished(observation, known);
    report(observation, told, { known, events });
    figures.times.observed({ ...observation, events }, now());
    return events;
  };

  /** From now on the next poll may be cheap, unless something has gone missing and a second reading must confirm it. */
  async function remember(
    { provider, reading, receivedAt: at, body: text }: Observation,
    known: Known,
  ): Promise<void> {
    if (!reading) return;
    const { way, components, ...validators } = reading;
    const isFinal = !isUnconfirmed(known);
    await Promise.all([
      readings.note(provider, { way, components, ...forgotten, ...(isFinal ? validators : {}) }),
      payloads.keep(provider, { at, text }),
    ]);
  }

  // Only a reading sees that something is missing; an answer about one of these would ask again and again.
  async function askForTheVanished({ provider, reading }: Observation, known: Known): Promise<void> {
    if (!reading) return;
    for (const incident of vanished(known)) await ask({ v: 1, provider, incident });
  }

  function report({ provider, via }: Observation, told: Snapshot, { known, events }: Moved): void {
    const omitted = events.at(-1)?.omitted?.events ? events.at(-1)?.omitted : known.page.omitted;
    figures.unknownWords.inc({ provider }, unknownWords(told));
    for (const { type } of events) figures.events.inc({ provider, type });
    if (omitted) tell("observation.cut", { provider, ...omitted });
    const initial = events.filter((event) => event.initial).length;
    if (initial) tell("page.baseline", { provider, events: initial });
    tell("observation.recorded", { provider, via, events: events.length });
  }
}

const forgotten = {
  fatal: undefined,
  hash: undefined,
  marked: undefined,
  bytes: undefined,
  etag: undefined,
  lastModified: undefined,
};

// A page that has moved talks in another format than the configuration says.
function asRead(provider: Provider, { format }: Observation): Provider {
  return format === undefined ? provider : { ...provider, format };
}

function unknownWords({ components, incidents, maintenances }: Snapshot): number {
  return [...components, ...incidents, ...maintenances].filter(({ rawStatus }) => rawStatus !== undefined).length;
}
