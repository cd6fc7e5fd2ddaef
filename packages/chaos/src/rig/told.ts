import { waitUntil } from "@statuswire/testing";
import type { Path } from "./path.ts";
import { stillness } from "./underway.ts";

/** What became of incidents that should each be one event, printed at least once. */
export interface Told {
  lost: number;
  doubled: number;
  printedTwice: number;
  unprinted: number;
}

/** Waits until each is in the log and printed, or nothing is left that could be, or until the deadline, and counts. */
export async function toldOf(path: Path, titles: readonly string[], deadlineMs: number): Promise<Told> {
  const look = async (): Promise<Told> => {
    const logged = await path.logged();
    const timesPrinted = titles.map((title) => path.printed.get(title) ?? 0);
    return {
      lost: titles.filter((title) => !logged.has(title)).length,
      doubled: [...logged.values()].reduce((sum, times) => sum + times - 1, 0),
      printedTwice: timesPrinted.filter((times) => times > 1).length,
      unprinted: timesPrinted.filter((times) => times === 0).length,
    };
  };
  const isAll = async () => {
    const { lost, unprinted } = await look();
    return lost + unprinted === 0;
  };
  const isStill = stillness(path);
  const isOver = async () => (await isAll()) || isStill();
  await waitUntil("all to be told", isOver, deadlineMs).catch(() => undefined);
  return look();
}

/** What of that breaks a promise; what was printed twice does not, as long as somebody died at that moment. */
export function brokenIn({ lost, doubled, printedTwice, unprinted }: Told, deaths: number): string[] {
  return [
    ...(lost ? [`${lost} accepted webhooks have no event`] : []),
    ...(doubled ? [`${doubled} events too many`] : []),
    ...(unprinted ? [`${unprinted} events were never printed`] : []),
    ...(printedTwice > deaths ? [`${printedTwice} events were printed twice, at ${deaths} deaths`] : []),
  ];
}
