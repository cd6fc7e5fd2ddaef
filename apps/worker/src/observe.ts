import type { Format } from "@statuswire/adapters";
import { type Provider, selects, type Selections } from "@statuswire/config";
import {
  isUnconfirmed,
  only,
  compare,
  select,
  spokenIn,
  type Event,
  type Known,
  type Snapshot,
  vanished,
} from "@statuswire/status";
import type { Observation, Poll } from "@statuswire/queues";
import type { Readings, Store } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { adaptPoll, adaptWebhook, formatOf } from "./adapt.ts";
import type { Figures } from "./figures.ts";
import type { Watched } from "./watched.ts";

interface Dependencies {
  watched: Watched;
  store: Store;
  readings: Readings;
  ask(poll: Poll): Promise<void>;
  figures: Figures;
  tell: Tell;
}

/** The main path: payload → snapshot → changes → event log. Sinks read the log; nothing here waits for them. */
export function createObserver({ watched, store, readings, ask, figures, tell }: Dependencies) {
  return async function observe(observation: Observation): Promise<Event[]> {
    const { provider: id, via, receivedAt: at } = observation;
    const provider = asRead(watched.named(id), observation);
    const told = adapt(observation, formatOf(provider));
    const step = (before: Known) => take(before, told, { provider, observation });
    const { known, events } = await store.transition(id, step, { via, at });
    await remember(observation, known);
    // Only a reading sees that something is missing; an answer about one of these would ask again and again.
    if (observation.reading) for (const incident of vanished(known)) await ask({ v: 1, provider: id, incident });
    figures.unknownWords.inc({ provider: id }, unknownWords(told));
    report(observation, events);
    return events;
  };

  /** From now on the next poll may be cheap, unless something has gone missing and a second reading must confirm it. */
  async function remember({ provider, reading }: Observation, known: Known): Promise<void> {
    if (!reading) return;
    const { way, components, ...validators } = reading;
    const isFinal = !isUnconfirmed(known);
    await readings.note(provider, { way, components, ...forgotten, ...(isFinal ? validators : {}) });
  }

  function report({ provider, via }: Observation, events: Event[]): void {
    for (const { type } of events) figures.events.inc({ provider, type });
    const initial = events.filter((event) => event.initial).length;
    if (initial) tell("page.baseline", { provider, events: initial });
    tell("observation.recorded", { provider, via, events: events.length });
  }
}

function unknownWords({ components, incidents, maintenances }: Snapshot): number {
  return [...components, ...incidents, ...maintenances].filter(({ rawStatus }) => rawStatus !== undefined).length;
}

const forgotten = { hash: undefined, etag: undefined, lastModified: undefined };

/** From what is known to what is known next. A page that talks another format than before is looked at anew. */
function take(
  before: Known,
  told: Snapshot,
  { provider, observation }: { provider: Provider; observation: Observation },
) {
  const isReading = observation.reading !== undefined;
  const circumstances = { at: observation.receivedAt, name: provider.name, isReading };
  const { known, changes } = isReading
    ? spokenIn(before, provider.format, circumstances)
    : { known: before, changes: [] };
  const compared = compare(known, chosen(known, told, provider.selections), circumstances);
  return { known: compared.known, changes: [...changes, ...compared.changes] };
}

function asRead(provider: Provider, { format }: Observation): Provider {
  return format === undefined ? provider : { ...provider, format };
}

function chosen(known: Known, told: Snapshot, selections: Selections): Snapshot {
  if (!Object.keys(selections).length) return told;
  return select(known, told, (component) => selects(selections, component));
}

function adapt({ via, receivedAt: at, body, also = [], about }: Observation, format: Format): Snapshot {
  const adaptSaid = via === "poll" ? adaptPoll : adaptWebhook;
  const told = adaptSaid(format, { bodies: [body, ...also], at });
  return about === undefined ? told : only(told, about);
}
