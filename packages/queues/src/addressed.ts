import { byPlace } from "@statuswire/status";
import { type Grave, listDeadLetters } from "./dead-letters.ts";
import { Delivery } from "./jobs.ts";
import type { Queues } from "./queues.ts";

/** Which dead letters are meant: whatever is given must agree. */
export interface Which {
  /** Deliveries to this sink. */
  sink?: string | undefined;
  queue?: string | undefined;
  /** The class of the error, such as `PermanentError`. */
  error?: string | undefined;
}

const most = 100_000;

/** The dead letters that are meant, oldest first: deliveries in the order in which they would have gone out. */
export async function deadLettersLike(queues: Queues, which: Which): Promise<Grave[]> {
  const graves = (await listDeadLetters(queues, most)).filter((grave) => isMeant(grave, which));
  return graves.toReversed().toSorted((one, other) => byPlace(placeOf(one), placeOf(other)));
}

/** How many dead letters there are for each sink. */
export async function deadLettersBySink(queues: Queues): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const grave of await listDeadLetters(queues, most)) {
    const { sink } = addresseeOf(grave) ?? {};
    if (sink !== undefined) counts.set(sink, (counts.get(sink) ?? 0) + 1);
  }
  return counts;
}

function isMeant(grave: Grave, { sink, queue, error }: Which): boolean {
  const { letter } = grave;
  return (
    (sink === undefined || addresseeOf(grave)?.sink === sink) &&
    (queue === undefined || letter.queue === queue) &&
    (error === undefined || letter.error === error)
  );
}

function placeOf(grave: Grave): string {
  return addresseeOf(grave)?.seqs.at(-1) ?? "0-0";
}

/** Whom a dead letter was to tell of the events at which places; undefined when it is no delivery. */
export function addresseeOf({ letter }: Grave): { sink: string; seqs: readonly string[] } | undefined {
  const { data } = Delivery.safeParse(letter.data);
  return data && { sink: data.sink, seqs: data.digest ?? [data.seq] };
}

interface Note {
  traces: {
    attempted(
      seq: string,
      attempt: { sink: string; at: string; outcome: "not_needed"; reason: string },
    ): Promise<void>;
  };
  now: Date;
}

/** Notes beside the events of a dead letter that it is dropped, so that nobody waits for them. */
export async function noteDropped(
  grave: Grave,
  { traces, now, reason = "its dead letter was dropped" }: Note & { reason?: string },
): Promise<void> {
  const { sink, seqs } = addresseeOf(grave) ?? { sink: "", seqs: [] };
  const attempt = {
    sink,
    at: now.toISOString(),
    outcome: "not_needed",
    reason,
  } as const;
  await Promise.all(seqs.map((seq) => traces.attempted(seq, attempt)));
}
