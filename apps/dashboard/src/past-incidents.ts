import type { Event, KnownIncident } from "@statuswire/status";
import type { Log } from "@statuswire/store";
import type { Watched } from "./board.ts";
import { EventsAsked, readEvents } from "./read-events.ts";
import { incidentView, type IncidentView } from "./views/incident.ts";

interface Sought {
  provider?: string | undefined;
  /** The id of one, as this API gives it. */
  incident?: string | undefined;
  /** Words that its event's product, status or title contain. */
  q?: string | undefined;
  /** The place in the log before which to look. */
  before?: string | undefined;
  limit: number;
}

interface Found {
  incidents: IncidentView[];
  /** The place before which the rest of the log is still to be searched; null when that is all. */
  previous: string | null;
}

/** So many pages of the log are searched at a time; a page may be empty, and leads on. */
const mostPages = 5;

/** Incidents as the log tells of them, each as of the newest event that was found: longer than what is known remembers them. */
export async function pastIncidents(
  { log, watched }: { log: Log; watched: readonly Watched[] },
  { provider, incident, q, before, limit }: Sought,
): Promise<Found> {
  const byProvider = new Map(watched.map((one) => [one.id, one]));
  const found = new Map<string, IncidentView>();
  let previous: string | null | undefined = before;
  for (let pages = 0; pages < mostPages && previous !== null && found.size < limit; pages++) {
    const asked = { type: "incident", provider, incident, q, before: previous, limit: 500 };
    const read = await readEvents(log, EventsAsked.parse(asked));
    for (const event of read.events.toReversed()) {
      const owner = byProvider.get(event.provider);
      const view = owner && viewOf(owner, event);
      if (view && !found.has(view.id)) found.set(view.id, view);
    }
    previous = read.previous;
  }
  return { incidents: [...found.values()], previous: previous ?? null };
}

function viewOf(watched: Watched, { incident, timestamp, observedAt, inferred }: Event): IncidentView | undefined {
  if (!incident) return undefined;
  const known: KnownIncident = {
    ...incident,
    updatedAt: incident.updatedAt ?? timestamp,
    toldAt: observedAt,
    ...(inferred ? { absent: 2 } : {}),
  };
  return incidentView(watched, known);
}
