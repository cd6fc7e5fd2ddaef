import { type Event, isNewer, subjectOf } from "@statuswire/status";
import type { Evidence, Findings } from "./evidence.ts";
import type { Receipts } from "./sink.ts";

/** What became of the events on their way out. */
export interface Deliveries {
  /** Taken at least once: events to the console and to the sink. */
  done: number;
  /** Left out because the sink had heard something newer of the same subject. */
  overtaken: number;
  missing: Findings;
  /** Taken more than once; as many findings as there are takings too many. */
  doubled: Findings;
}

/**
 * Compares the log with what was delivered. The console and the sink get every event; the sink may leave out one of whose
 * subject it has heard something newer.
 */
export function deliveriesOf({
  events,
  console,
  sink,
}: Pick<Evidence, "events" | "console" | "sink">): Deliveries {
  const news = events.filter(({ initial }) => !initial);
  const newest = newestTaken(news, sink);
  const isOvertaken = (event: Event) => isNewer(newest.get(subjectOf(event)) ?? "0-0", event.seq);
  const untold = news.filter(({ seq }) => !sink.taken.has(seq));
  return {
    done:
      news.filter(({ seq }) => console.taken.has(seq)).length +
      news.filter(({ seq }) => sink.taken.has(seq)).length,
    overtaken: untold.filter(isOvertaken).length,
    missing: [
      ...news.filter(({ seq }) => !console.taken.has(seq)).map((event) => `console: ${nameOf(event)}`),
      ...untold.filter((event) => !isOvertaken(event)).map((event) => `sink: ${nameOf(event)}`),
      ...[...sink.renamed].map((seq) => `sink: ${seq} came under two ids`),
    ],
    doubled: [...tooMany("console", console), ...tooMany("sink", sink)],
  };
}

function newestTaken(events: readonly Event[], { taken }: Receipts): ReadonlyMap<string, string> {
  return new Map(events.filter(({ seq }) => taken.has(seq)).map((event) => [subjectOf(event), event.seq]));
}

function tooMany(name: string, { taken }: Receipts): Findings {
  return [...taken].flatMap(([seq, times]) => Array<string>(times - 1).fill(`${name}: ${seq}`));
}

function nameOf({ seq, type, product, status }: Event): string {
  return `${seq} ${type} of ${product}: ${status}`;
}
