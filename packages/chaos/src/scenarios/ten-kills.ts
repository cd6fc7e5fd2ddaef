import { setTimeout as delay } from "node:timers/promises";
import { waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { compareOrders, wholeLog, wordsByProvider } from "../rig/ordered.ts";
import { type Part, startPart } from "../rig/part.ts";
import { layPath, type Opening, opening } from "../rig/path.ts";
import { insist } from "../rig/post-all.ts";
import { grouped } from "../rig/grouped.ts";
import { areHeldBy } from "../rig/shares.ts";
import { dressed } from "../rig/spread.ts";
import { brokenIn, toldOf } from "../rig/told.ts";
import { watchQueues } from "../rig/underway.ts";

/** Workers are killed ten times within twelve seconds: all is processed within twenty seconds of the last, each provider's in order. */
export const tenKills: Scenario = {
  id: "ten-kills",
  title: "Workers are killed ten times in twelve seconds, and started again, while 3,000 webhooks come in",
  promises: [1, 2, 6],
  measures: true,
  episodes: { of: "ten kills", short: 1 },
  run: (course) => killOften(course, { areSpread: false }),
  control: {
    title: "each worker takes jobs of every provider",
    run: (course) => killOften(course, { areSpread: true }),
  },
};

const webhooks = 3000;
const kills = 10;
const everyMs = 1200;
const workers = 4;
const promisedMs = 20_000;
const patienceMs = 60_000;
const heldMs = 60_000;
const toldMs = 60_000;

async function killOften(
  { stage, episodes, report }: Course,
  { areSpread }: { areSpread: boolean },
): Promise<Outcome> {
  const path = await layPath(stage);
  const ingest = await startPart("ingest", path.ingest());
  stage.defer(() => ingest.stop());
  const parts = await Promise.all(
    Array.from({ length: workers }, (_, index) =>
      startPart(`worker-${index + 1}`, dressed(path.worker(), { index, areSpread })),
    ),
  );
  for (const part of parts) stage.defer(() => part.stop());
  if (!areSpread) await waitUntil("the partitions to be held", () => areHeldBy(path, workers), heldMs);
  const watch = watchQueues(path.redis);
  stage.defer(() => watch.close());

  const openings = Array.from({ length: webhooks * episodes }, (_, number) => opening(number));
  const posting = postInOrder(() => ingest.url(), openings, kills * everyMs * episodes);
  const lastKillAt = await killInTurn(parts, kills * episodes);
  const since = Math.max(lastKillAt, await posting);
  await waitUntil("all to be processed", () => watch.isProcessed(), patienceMs).catch(() => undefined);
  const processedMs = Math.round(performance.now() - since);
  report(`processed ${processedMs} ms after the last kill, or the last webhook`);
  const titles = openings.map(({ title }) => title);
  const told = await toldOf(path, titles, toldMs);
  const logged = wordsByProvider(await wholeLog(path.redis), ({ incident }) => incident?.title ?? "");
  const outOfOrder = compareOrders(titlesByProvider(openings), logged).outOfOrder.length;
  const broken = [
    ...(processedMs > promisedMs ? [`all was processed after ${processedMs} ms, promised ${promisedMs}`] : []),
    ...(outOfOrder ? [`${outOfOrder} events are out of their provider's order`] : []),
    ...brokenIn(told, kills * episodes),
  ];
  return {
    figures: { accepted: titles.length, kills: kills * episodes, processedMs, outOfOrder, ...told },
    broken,
  };
}

/** Posts each provider's webhooks one after another, spread over a time. Resolves with when the last was accepted. */
async function postInOrder(url: () => string, openings: readonly Opening[], ms: number): Promise<number> {
  const startedAt = performance.now();
  const groups = [...grouped(openings, ({ provider }) => provider).values()];
  const postAll = async (some: readonly Opening[]) => {
    for (const [index, webhook] of some.entries()) {
      await delay(Math.max(0, (index / some.length) * ms - (performance.now() - startedAt)));
      await insist(url, webhook);
    }
  };
  await Promise.all(groups.map(postAll));
  return performance.now();
}

/** Kills one after another, whichever runs, and starts each again at once. Resolves with when the last was. */
async function killInTurn(parts: readonly Part[], times: number): Promise<number> {
  const startedAt = performance.now();
  let killedAt = startedAt;
  for (let number = 0; number < times; number++) {
    await delay(Math.max(0, (number + 1) * everyMs - (performance.now() - startedAt)));
    const inTurn = [...parts.slice(number % parts.length), ...parts.slice(0, number % parts.length)];
    const part = await waitUntil("a worker to run", () => inTurn.find((one) => one.isUp()), heldMs);
    killedAt = performance.now();
    await part.kill();
    part.revive().catch(() => undefined);
  }
  return killedAt;
}

function titlesByProvider(openings: readonly Opening[]): Map<string, string[]> {
  const groups = grouped(openings, ({ provider }) => provider);
  return new Map([...groups].map(([provider, some]) => [provider, some.map(({ title }) => title)]));
}
