import type { Event } from "@statuswire/status";
import type { Group } from "@statuswire/store";

/** A log of some events, to be dispatched once; who dies has done everything but say so. */
export function groupOf(events: readonly Event[], { dies = false } = {}): { group: Group; isDone(): boolean } {
  let [isTaken, isDone] = [false, false];
  const later = () => new Promise<Event[]>((resolve) => setImmediate(resolve, []));
  const group: Group = {
    adopt: () => Promise.resolve([]),
    next: () => (isTaken ? later() : Promise.resolve([...events]).finally(() => (isTaken = true))),
    done: () => {
      isDone = true;
      return dies ? Promise.reject(new Error("It died.")) : Promise.resolve();
    },
    keep: (seqs) => Promise.resolve(new Set(seqs)),
    joined: () => Promise.resolve(),
    leave: () => undefined,
  };
  return { group, isDone: () => isDone };
}
