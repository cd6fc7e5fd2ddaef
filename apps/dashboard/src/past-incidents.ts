import { type Event, type Known, nothing, recollect } from "@statuswire/status";
import type { Log } from "@statuswire/store";
import type { Watched } from "./board.ts";
import { EventsAsked, readEvents } from "./read-events.ts";
import { scopedId } from "./views/affair.ts";
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
/** So many events are read at a time, and so often, to find what earlier events say of the incidents that were found. */
const [batch, mostBatches] = [1000, 40];

/** Incidents as the log tells of them, each as of its newest event: longer than what is known remembers them. */
export async function pastIncidents(
  { log, watched }: { log: Log; watched: readonly Watched[] },
  { provider, incident, q, before, limit }: Sought,
): Promise<Found> {
  const owners = new Map(watched.map((one) => [one.id, one]));
  const found = new Map<string, Event>();
  let previous: string | null | undefined = before;
  for (let pages = 0; pages < mostPages && previous !== null && found.size < limit; pages++) {
    const asked = { type: "incident", provider, incident, q, before: previous, limit: 500 };
    const read = await readEvents(log, EventsAsked.parse(asked));
    for (const event of read.events.toReversed()) {
      const id = idOf(event);
      if (id !== undefined && owners.has(event.provider) && !found.has(id)) found.set(id, event);
    }
    previous = read.previous;
  }
  const courses = await coursesOf(
    log,
    new Map([...found].filter(([, event]) => !knownIncident(owners.get(event.provider), event))),
  );
  const incidents = [...found].flatMap(([id, event]) => {
    const owner = owners.get(event.provider);
    return owner ? viewOf(owner, courses.get(id) ?? [event]) : [];
  });
  return { incidents, previous: previous ?? null };
}

/** All events of some incidents, oldest first, given the newest of each: an event carries only those updates that were new with it. */
async function coursesOf(log: Log, newest: ReadonlyMap<string, Event>): Promise<Map<string, Event[]>> {
  const courses = new Map<string, Event[]>([...newest.keys()].map((id) => [id, []]));
  const unfinished = new Set(newest.keys());
  let before = placeAfter([...newest.values()][0]?.seq ?? "0-0");
  for (let batches = 0; batches < mostBatches && unfinished.size; batches++) {
    const events = await log.newest(batch, before);
    for (const event of events) {
      const id = idOf(event) ?? "";
      courses.get(id)?.unshift(event);
      // What an event leaves out, earlier ones carry.
      if (!event.omitted?.updates) unfinished.delete(id);
    }
    before = events.at(-1)?.seq ?? "0-0";
    if (!events.length) break;
  }
  return courses;
}

function placeAfter(seq: string): string {
  const [ms = "0", count = "0"] = seq.split("-");
  return `${ms}-${BigInt(count) + 1n}`;
}

function idOf({ provider, incident }: Event): string | undefined {
  return incident && scopedId(provider, incident.id);
}

function knownIncident(owner: Watched | undefined, { incident }: Event) {
  return owner?.known.incidents.get(incident?.id ?? "");
}

/** An incident as it is known, and where it is not any more, as its events say. */
function viewOf(owner: Watched, course: readonly Event[]): IncidentView[] {
  const newest = course.at(-1);
  if (!newest?.incident) return [];
  const known = knownIncident(owner, newest);
  if (known) return [incidentView(owner, known)];
  const told = course.reduce<Known>(recollect, nothing).incidents.get(newest.incident.id);
  return told ? [incidentView(owner, { ...told, ...(newest.inferred ? { absent: 2 } : {}) })] : [];
}
