import type { Event } from "@statuswire/status";
import { selects, type Selection } from "../selection.ts";
import { eventView } from "../views/event.ts";

/** What a watcher wants to hear of. Those whose keys are the same want the same. */
export interface Wanted {
  key: string;
  isWanted(event: Event): boolean;
}

export function wantedBy(selection: Selection): Wanted {
  return { key: JSON.stringify(selection), isWanted: selects(selection) };
}

/** Of some events those that are wanted, as server-sent ones. */
export type Messages = (events: readonly Event[], wanted: Wanted) => Buffer;

/**
 * Writes each event out once, however many hear of it, and each array of events once for all who want the same of it: they
 * share one buffer.
 */
export function createMessages(): Messages {
  const texts = new WeakMap<Event, string>();
  const written = new WeakMap<readonly Event[], Map<string, Buffer>>();

  return (events, { key, isWanted }) => {
    const byKey = remembered(written, events, () => new Map<string, Buffer>());
    return remembered(byKey, key, () =>
      Buffer.from(
        events
          .filter(isWanted)
          .map((event) => remembered(texts, event, message))
          .join(""),
      ),
    );
  };
}

interface Memory<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

function remembered<Key, Value>(memory: Memory<Key, Value>, key: Key, make: (key: Key) => Value): Value {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make(key);
  memory.set(key, made);
  return made;
}

function message(event: Event): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(eventView(event))}\n\n`;
}
