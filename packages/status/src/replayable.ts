import type { Event } from "./event.ts";
import { type Known, nothing } from "./known.ts";
import type { Origin } from "./match.ts";
import { recollect } from "./recollect.ts";
import { decide } from "./route.ts";
import type { Routing } from "./rule.ts";

interface Wanted {
  sink: string;
  routing: Routing;
  originOf(provider: string): Origin | undefined;
}

/**
 * Those of the events, oldest first, that the rules send to a sink: at once, late or in one message with others. When is no
 * matter any more, nor is what holds of flapping and limits.
 */
export function replayable(events: readonly Event[], { sink, routing, originOf }: Wanted): Event[] {
  const known = new Map<string, Known>();
  return events.filter((event) => {
    const recollected = recollect(known.get(event.provider) ?? nothing, event);
    known.set(event.provider, recollected);
    const place = { routing, origin: originOf(event.provider), known: recollected, counts: new Map() };
    return decide(event, place).decisions.some(
      (decision) => decision.sink === sink && decision.verdict !== "drop",
    );
  });
}
