import { isUnconfirmed, compare, type Event, type Known, type Snapshot, vanished } from "@statuswire/status";
import type { Observation, Poll } from "@statuswire/queues";
import type { Readings, Store } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { adaptPoll, adaptWebhook, speaks } from "./adapt.ts";
import type { Watched } from "./watched.ts";

interface Dependencies {
  watched: Watched;
  store: Store;
  readings: Readings;
  ask(poll: Poll): Promise<void>;
  tell: Tell;
}

/** The main path: payload → snapshot → changes → event log. Sinks read the log; nothing here waits for them. */
export function createObserver({ watched, store, readings, ask, tell }: Dependencies) {
  return async function observe(observation: Observation): Promise<Event[]> {
    const { provider: id, via, receivedAt: at } = observation;
    const { name, format } = watched.named(id);
    const told = adapt(observation, format);
    const { known, events } = await store.transition(id, (before) => compare(before, told, { at, name }), {
      via,
      at,
    });
    await remember(observation, known);
    if (via === "poll") for (const incident of vanished(known)) await ask({ v: 1, provider: id, incident });
    report(observation, events);
    return events;
  };

  /** From now on the next poll may be cheap, unless something has gone missing and a second reading must confirm it. */
  async function remember({ provider, reading }: Observation, known: Known): Promise<void> {
    if (!reading) return;
    const { way, hash, etag, lastModified } = reading;
    const isFinal = !isUnconfirmed(known);
    await readings.note(provider, isFinal ? { way, hash, etag, lastModified } : { way, ...forgotten });
  }

  function report({ provider, via }: Observation, events: Event[]): void {
    const initial = events.filter((event) => event.initial).length;
    if (initial) tell("page.baseline", { provider, events: initial });
    tell("observation.recorded", { provider, via, events: events.length });
  }
}

const forgotten = { hash: undefined, etag: undefined, lastModified: undefined };

function adapt({ via, receivedAt: at, body, also = [] }: Observation, format: string): Snapshot {
  const adaptSaid = via === "poll" ? adaptPoll : adaptWebhook;
  return adaptSaid(speaks(format), { bodies: [body, ...also], at });
}
