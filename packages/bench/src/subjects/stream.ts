import { keys } from "@statuswire/store";
import { residentMb, waitUntil } from "@statuswire/testing";
import { startDashboard, startIngest, startWorker } from "../apps.ts";
import { createPoster, opening } from "../posting.ts";
import { paced } from "../paced.ts";
import { ownProgram, type Running } from "../program.ts";
import { unasked } from "../quiet.ts";
import type { Server, Stage } from "../stage.ts";
import type { Figure, Measured, Subject } from "../subject.ts";
import { cpuDuring } from "../usage.ts";
import { sendWatchers, type Watchers } from "../watchers.ts";

const most = 10_000;
const fewer = [1000, 2500, 5000];
const pages = 10;
const atOnce = 50;
/** When nothing more has come for so long, nothing will. */
const silentMs = 30_000;
const heardMs = 120_000;

/** The dashboard's live stream, watched by ever more, while something happens once a second. */
export const stream: Subject = {
  name: "stream",
  against:
    "server-sent events as tutorials write them: Express, a reader of the same log, a timer for each stream, each event written out for each",
  figures: [
    {
      name: "stream-held",
      about: `streams open at once that were told of every event, one a second; ${most.toLocaleString("en")} were asked for`,
      unit: "streams",
      better: "higher",
      goal: { of: "median", atLeast: most },
    },
    { name: "stream-memory", about: "the dashboard's resident memory per stream", unit: "KB", better: "lower" },
    {
      name: "stream-cpu",
      about: "the dashboard's processor time per message, with all of them",
      unit: "µs",
      better: "lower",
    },
    lag("p50", "all of them, median"),
    ...fewer.map((count) => lag(`p99-${count}`, `${count.toLocaleString("en")} streams, 99th percentile`)),
    lag("p99", "all of them, 99th percentile"),
    {
      name: "stream-burst",
      about: "messages a second to all of them when much happens at once",
      unit: "messages/s",
      better: "higher",
    },
  ],
  async ours(stage) {
    const server = await stage.redis();
    return measured(stage, { server, watched: await startDashboard(stage, server), path: "/api/v1/stream" });
  },
  async baseline(stage) {
    const server = await stage.redis();
    const watched = await stage.run({ script: ownProgram("plain-streams"), args: [server.url, keys.events] });
    return measured(stage, { server, watched, path: "/stream" });
  },
};

function lag(name: string, when: string): Figure {
  const about = `from an event's recording to its arrival, ${when}`;
  return { name: `stream-lag-${name}`, about, unit: "ms", better: "lower" };
}

interface Watched {
  server: Server;
  watched: Running;
  /** Where its stream is. */
  path: string;
}

async function measured(stage: Stage, { server, watched, path }: Watched): Promise<Measured> {
  await startWorker(stage, server, await unasked(pages, server));
  const happenings = createHappenings(createPoster(stage, (await startIngest(stage, server)).url));
  const watchers = await sendWatchers(stage, `${watched.url}${path}`);
  const scene = { watchers, happenings, pid: watched.pid, seconds: stage.quick ? 3 : 5 };
  await look(scene, 100);
  const alone = await residentMb(watched.pid);
  const lags: Record<string, number> = {};
  for (const count of fewer) lags[`stream-lag-p99-${count}`] = (await look(scene, count)).p99;
  const { held, micros, p50, p99 } = await look(scene, most);
  return {
    ...lags,
    "stream-held": held,
    "stream-memory": (1024 * ((await residentMb(watched.pid)) - alone)) / held,
    "stream-cpu": micros,
    "stream-lag-p50": p50,
    "stream-lag-p99": p99,
    "stream-burst": await burst(scene, held),
  };
}

interface Scene {
  watchers: Watchers;
  happenings: Happenings;
  /** The dashboard's. */
  pid: number;
  seconds: number;
}

/** So many watch while something happens once a second. */
async function look({ watchers, happenings, pid, seconds }: Scene, count: number) {
  const open = await watchers.hold(count);
  await watchers.forget();
  const cpu = await cpuDuring([pid], async () => {
    await happenings.paced(seconds);
    await settled(watchers, open * seconds);
  });
  const messages = await watchers.messages();
  return { held: Math.floor(messages / seconds), micros: (1e6 * cpu) / messages, ...(await watchers.lags()) };
}

/** Messages a second from the first of many events to the last watcher. */
async function burst({ watchers, happenings }: Scene, count: number): Promise<number> {
  await watchers.forget();
  const startedAt = performance.now();
  await happenings.atOnce(atOnce);
  await settled(watchers, count * atOnce);
  return (1000 * (await watchers.messages())) / (performance.now() - startedAt);
}

/** Waits until everything has been heard, or nothing more is: what is missing then stays missing. */
async function settled(watchers: Watchers, expected: number): Promise<void> {
  let last = -1;
  let heardAt = performance.now();
  await waitUntil(
    "the watchers to have heard what happened",
    async () => {
      const messages = await watchers.messages();
      if (messages !== last) heardAt = performance.now();
      last = messages;
      return messages >= expected || performance.now() - heardAt > silentMs;
    },
    heardMs,
  );
}

interface Happenings {
  /** One event a second. */
  paced(seconds: number): Promise<void>;
  atOnce(count: number): Promise<void>;
}

/** Has incidents open on the pages that are watched. */
function createHappenings(post: ReturnType<typeof createPoster>): Happenings {
  let index = 0;
  const happen = () => {
    index++;
    return post(opening(`p${index % pages}`, { title: `Incident ${index}`, index }));
  };
  const some = (count: number) => Array.from({ length: count }, () => happen);
  return {
    paced: (seconds) => paced(1, some(seconds), (act) => act()),
    atOnce: async (count) => {
      await Promise.all(some(count).map((act) => act()));
    },
  };
}
