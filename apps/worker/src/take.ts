import type { Format } from "@statuswire/adapters";
import type { Provider } from "@statuswire/config";
import type { Observation } from "@statuswire/queues";
import {
  asError,
  compare,
  type Comparison,
  fitted,
  type Known,
  only,
  PayloadError,
  PermanentError,
  select,
  selects,
  type Snapshot,
  spokenIn,
} from "@statuswire/status";
import { adaptPoll, adaptWebhook } from "./adapt.ts";

/** What an observation says, in our words. Throws PayloadError when it is in no shape that we know. */
export function snapshotIn(
  { via, receivedAt: at, body, also = [], about }: Observation,
  format: Format,
): Snapshot {
  const adapt = via === "poll" ? adaptPoll : adaptWebhook;
  const told = orNever(() => adapt(format, { bodies: [body, ...also], at }));
  return about === undefined ? told : only(told, about);
}

// What knows no clock, no random and no network fails the same way each time.
function orNever<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    const error = asError(cause);
    if (error instanceof PermanentError) throw error;
    throw new PayloadError(`It can't be read: ${error.name}: ${error.message}`, { cause });
  }
}

interface Circumstances {
  provider: Provider;
  observation: Observation;
}

/** From what is known to what is known next. A page that talks in another format than before is looked at anew. */
export function take(before: Known, told: Snapshot, circumstances: Circumstances): Comparison {
  const { known, changes } = orNever(() => compared(before, told, circumstances));
  return { known, changes: fitted(changes, { payloadBytes: leastBytesOf(circumstances.observation) }) };
}

// A character takes a byte at least: counting characters is cheap, and never too generous.
function leastBytesOf({ body, also = [] }: Observation): number {
  return also.reduce((sum, text) => sum + text.length, body.length);
}

function compared(before: Known, told: Snapshot, { provider, observation }: Circumstances): Comparison {
  const isReading = observation.reading !== undefined;
  const circumstances = { at: observation.receivedAt, name: provider.name, isReading };
  const read = isReading ? spokenIn(before, provider.format, circumstances) : { known: before, changes: [] };
  const { known, changes } = compare(read.known, chosen(read.known, told, provider), circumstances);
  return { known, changes: [...read.changes, ...changes] };
}

function chosen(known: Known, told: Snapshot, { selections }: Provider): Snapshot {
  if (!Object.keys(selections).length) return told;
  return select(known, told, (component) => selects(selections, component));
}
