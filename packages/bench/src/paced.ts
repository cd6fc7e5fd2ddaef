import { setTimeout as wait } from "node:timers/promises";

/** Does something with each item at an even pace, whatever it takes: who waits for the last one measures too little. */
export async function paced<Item>(
  perSecond: number,
  items: readonly Item[],
  act: (item: Item) => Promise<unknown>,
): Promise<void> {
  const startedAt = performance.now();
  const acts: Promise<unknown>[] = [];
  for (const [index, item] of items.entries()) {
    const due = startedAt + (index * 1000) / perSecond;
    if (due > performance.now()) await wait(due - performance.now());
    acts.push(act(item));
  }
  await Promise.all(acts);
}
