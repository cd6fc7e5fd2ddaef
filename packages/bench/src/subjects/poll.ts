import { cpuSeconds } from "@statuswire/testing";
import { startWorker } from "../apps.ts";
import { type Pages, servePages, watching } from "../pages.ts";
import { ownProgram } from "../program.ts";
import type { Stage } from "../stage.ts";
import type { Figure, Subject } from "../subject.ts";
import { window } from "../usage.ts";

const count = 100;
const everySeconds = 1;
/** About 20 KB of summary. */
const components = 55;

/** How a page that says nothing new may say so. */
const manners = { 304: 0, 200: 500 } as const;
type Manner = keyof typeof manners;

/** Pages that say nothing new, asked once a second each: what a poll costs through scheduler, job and got. */
export const poll: Subject = {
  name: "poll",
  against: "`node:http` with keep-alive, a timer per page, an ETag and a hash; no queue",
  figures: [
    figure("304", "pages answered by 304", 0.25),
    figure("200", "20 KB summaries, new only in the time they were built", 0.25),
    {
      name: "poll-redis",
      about: "Redis' processor time for each of those polls, which the baseline has no use for",
      unit: "µs",
      better: "lower",
    },
  ],
  async ours(stage) {
    const quiet = await pollOurs(stage, 304);
    const rebuilt = await pollOurs(stage, 200);
    return { "poll-304": quiet.perSecond, "poll-200": rebuilt.perSecond, "poll-redis": quiet.redisMicros };
  },
  async baseline(stage) {
    return { "poll-304": await pollPlainly(stage, 304), "poll-200": await pollPlainly(stage, 200) };
  },
};

function figure(status: string, what: string, atLeast: number): Figure {
  const about = `polls per second of the polling process' processor time; ${what}`;
  return { name: `poll-${status}`, about, unit: "polls/s", better: "higher", goal: { of: "ratio", atLeast } };
}

async function pollOurs(stage: Stage, manner: Manner): Promise<{ perSecond: number; redisMicros: number }> {
  const pages = await serve(stage, manner);
  const server = await stage.redis();
  const config = watching({ count, addresses: pages.addresses, everySeconds });
  const worker = await startWorker(stage, server, config);
  const {
    polls,
    seconds: [own = 0, redis = 0],
  } = await observe({ stage, pages, pids: [worker.pid, server.pid] });
  await worker.stop();
  return { perSecond: polls / own, redisMicros: (redis * 1e6) / polls };
}

async function pollPlainly(stage: Stage, manner: Manner): Promise<number> {
  const pages = await serve(stage, manner);
  const options = { addresses: pages.addresses, everyMs: everySeconds * 1000 };
  const plain = await stage.run({ script: ownProgram("plain-polls"), args: [JSON.stringify(options)] });
  const {
    polls,
    seconds: [own = 0],
  } = await observe({ stage, pages, pids: [plain.pid] });
  await plain.stop();
  return polls / own;
}

function serve(stage: Stage, manner: Manner): Promise<Pages> {
  return servePages(stage, { pages: count, components, rebuildMs: manners[manner] });
}

interface Scene {
  stage: Stage;
  pages: Pages;
  pids: readonly number[];
}

/** How many polls came while we looked on, and the processor time that each process took meanwhile. */
async function observe({ stage, pages, pids }: Scene): Promise<{ polls: number; seconds: number[] }> {
  // The first looks are past, and V8 has compiled what is hot.
  await window(stage.quick ? 6 : 10);
  const before = await Promise.all(pids.map(cpuSeconds));
  const asked = await pages.asked();
  await window(stage.quick ? 8 : 20);
  const after = await Promise.all(pids.map(cpuSeconds));
  const polls = (await pages.asked()).answers - asked.answers;
  return { polls, seconds: after.map((seconds, index) => seconds - (before[index] ?? 0)) };
}
