/** Who holds what, and how much work each partition makes. */
export interface Holdings {
  /** The workers that live. */
  workers: readonly string[];
  /** By partition: its holder, if that lives. */
  owners: readonly (string | undefined)[];
  /** By partition: the work it makes, in any unit. Partitions without work count a little, so that they are spread too. */
  loads: readonly number[];
}

/** A move must lower the higher of the two loads by this share of the mean load of a worker: less is noise. */
const worthwhile = 0.1;

/**
 * Which worker should hold each partition. What lives stays where it is unless a move makes the most loaded worker's load smaller:
 * partitions without a holder go, the heaviest first, to whoever has least; then single partitions move from the most loaded
 * worker, or change places with one of another's, as long as that helps. The same holdings have the same answer in every process.
 */
export function balance({ workers, owners, loads }: Holdings): (string | undefined)[] {
  const [first] = workers;
  if (first === undefined) return owners.map(() => undefined);
  const least = Math.max(1e-9, ...loads) / 100;
  const weights = loads.map((load) => Math.max(load, least));
  const held = new Map(workers.toSorted().map((worker) => [worker, [] as number[]]));
  const homeless: number[] = [];
  owners.forEach((owner, partition) => ((owner && held.get(owner)) || homeless).push(partition));

  const loadOf = (worker: string) => sum((held.get(worker) ?? []).map((partition) => weights[partition] ?? 0));
  // Of workers with the same load, the one with fewer partitions, then the first by name.
  const byLoad = () =>
    [...held.keys()].toSorted(
      (one, other) => loadOf(one) - loadOf(other) || (held.get(one)?.length ?? 0) - (held.get(other)?.length ?? 0),
    );
  const heaviestFirst = homeless.toSorted((one, other) => (weights[other] ?? 0) - (weights[one] ?? 0));
  for (const partition of heaviestFirst) held.get(byLoad()[0] ?? first)?.push(partition);

  const gainWanted = (sum(weights) / workers.length) * worthwhile;
  for (let moves = 0; moves < weights.length; moves++) {
    const move = bestMove({ held, weights, from: byLoad().at(-1) ?? first, loadOf });
    if (!move || move.gain < gainWanted) break;
    exchange(held, move);
  }

  const assigned: (string | undefined)[] = owners.map(() => undefined);
  for (const [worker, partitions] of held) for (const partition of partitions) assigned[partition] = worker;
  return assigned;
}

interface Move {
  from: string;
  to: string;
  given: number;
  /** What comes back for it, if anything. */
  taken: number | undefined;
  /** By how much the higher of the two loads falls. */
  gain: number;
}

interface Search {
  held: ReadonlyMap<string, readonly number[]>;
  weights: readonly number[];
  from: string;
  loadOf(worker: string): number;
}

function bestMove({ held, weights, from, loadOf }: Search): Move | undefined {
  let best: Move | undefined;
  const highest = loadOf(from);
  for (const [to, partitions] of held) {
    if (to === from) continue;
    const lower = loadOf(to);
    for (const given of held.get(from) ?? []) {
      for (const taken of [undefined, ...partitions]) {
        const shift = (weights[given] ?? 0) - (taken === undefined ? 0 : (weights[taken] ?? 0));
        const gain = highest - Math.max(highest - shift, lower + shift);
        if (gain > (best?.gain ?? 0)) best = { from, to, given, taken, gain };
      }
    }
  }
  return best;
}

function exchange(held: Map<string, number[]>, { from, to, given, taken }: Move): void {
  const without = (worker: string, partition: number | undefined) =>
    (held.get(worker) ?? []).filter((one) => one !== partition);
  held.set(from, [...without(from, given), ...(taken === undefined ? [] : [taken])]);
  held.set(to, [...without(to, taken), given]);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
