import { waitUntil } from "@statuswire/testing";
import type { Path } from "./path.ts";
import type { Posting } from "./post-all.ts";

/** How long it takes until something is so, in ms; infinite when that takes longer than the patience. */
export async function msUntil(
  description: string,
  isSo: () => boolean | Promise<boolean>,
  patienceMs: number,
): Promise<number> {
  const since = performance.now();
  return waitUntil(description, isSo, patienceMs).then(
    () => Math.round(performance.now() - since),
    () => Number.POSITIVE_INFINITY,
  );
}

/** How long it takes until a webhook is accepted, and an event told, that came after this moment. */
export async function backOf(path: Path, { posting, patienceMs }: { posting: Posting; patienceMs: number }) {
  const since = performance.now();
  const titles = () => [...posting.postedAt].flatMap(([title, at]) => (at > since ? [title] : []));
  const isAcceptedAgain = () => titles().some((title) => posting.accepted.has(title));
  const isToldAgain = () => titles().some((title) => path.printed.has(title));
  const [acceptedAgainMs, toldAgainMs] = await Promise.all([
    msUntil("a webhook to be accepted again", isAcceptedAgain, patienceMs),
    msUntil("an event to be told again", isToldAgain, patienceMs),
  ]);
  return { acceptedAgainMs, toldAgainMs };
}

/** Which of those times are longer than promised. */
export function lateIn(back: Readonly<Record<string, number>>, promisedMs: number): string[] {
  return Object.entries(back).flatMap(([figure, ms]) =>
    ms > promisedMs ? [`${figure} ${ms}, promised ${promisedMs}`] : [],
  );
}
