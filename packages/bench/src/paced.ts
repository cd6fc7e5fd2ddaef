import { setTimeout as wait } from "node:timers/promises";

interface Pace {
  count: number;
  perSecond: number;
}

/** Does something so many times at an even pace, whatever each takes: who waits for the last would measure too little. */
export async function paced({ count, perSecond }: Pace, act: (index: number) => Promise<unknown>): Promise<void> {
  const startedAt = performance.now();
  const acts: Promise<unknown>[] = [];
  for (let index = 0; index < count; index++) {
    const due = startedAt + (index * 1000) / perSecond;
    if (due > performance.now()) await wait(due - performance.now());
    acts.push(act(index));
  }
  await Promise.all(acts);
}
