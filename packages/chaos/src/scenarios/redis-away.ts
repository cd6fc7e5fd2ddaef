import { mkdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { residentMb, waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { together } from "../rig/figures.ts";
import { acceptedIn, startStream } from "../rig/load.ts";
import { judgeOutage } from "../rig/outage.ts";
import { startPart } from "../rig/part.ts";
import type { Program } from "../rig/process.ts";
import { type Line, openLine } from "../rig/proxy.ts";
import { performRows } from "../rig/rows.ts";
import { type Server, startServer } from "../rig/server.ts";
import type { Stage } from "../rig/stage.ts";

/** However Redis is away, ingest says so at once, keeps nothing in memory, and works again by itself when Redis does. */
export const redisAway: Scenario = {
  id: "redis-away",
  title:
    "Redis is refused, hung, black-holed, loading, full, read-only, unable to write, forbidden, or absent at start",
  promises: [1, 5],
  measures: true,
  episodes: { of: "two seconds away", short: 1 },
  run: (course) => matrix(course, { app: "ingest", rows: ways }),
  control: {
    title: "a door with the options that BullMQ and ioredis come with",
    run: (course) => matrix(course, { app: "naive-ingest", rows: unanswered }),
  },
};

/** What a way of being away is brought about with. */
interface Place {
  server: Server;
  admin: Redis;
  line: Line;
  folder: string;
}

interface Way {
  /** Whether ingest has never seen it otherwise. */
  isSoAtStart?: boolean;
  begin(place: Place): Promise<unknown>;
  end(place: Place): Promise<unknown>;
}

const closedPort = "9";

/** Those in which what a plain author writes gives no answer at all. */
const unanswered: Readonly<Record<string, Way>> = {
  refused: {
    begin: ({ line }) => line.become({ kind: "refuse" }),
    end: ({ line }) => line.become({ kind: "pass" }),
  },
  hung: {
    begin: async ({ server }) => process.kill(server.pid(), "SIGSTOP"),
    end: async ({ server }) => process.kill(server.pid(), "SIGCONT"),
  },
  "black-holed": {
    begin: ({ line }) => line.become({ kind: "black-hole" }),
    // The connection that it has swallowed is cut as a firewall does that comes back empty.
    end: async ({ line }) => {
      await line.become({ kind: "reset" });
      await line.become({ kind: "pass" });
    },
  },
  "absent at start": {
    isSoAtStart: true,
    begin: ({ line }) => line.become({ kind: "refuse" }),
    end: ({ line }) => line.become({ kind: "pass" }),
  },
};

const ways: Readonly<Record<string, Way>> = {
  ...unanswered,
  loading: {
    begin: ({ line }) => line.become({ kind: "error", message: "LOADING Redis is loading the dataset in memory" }),
    end: ({ line }) => line.become({ kind: "pass" }),
  },
  full: {
    begin: ({ admin }) => admin.config("SET", "maxmemory", "1"),
    end: ({ admin }) => admin.config("SET", "maxmemory", "0"),
  },
  "read-only": {
    begin: ({ admin }) => admin.replicaof("127.0.0.1", closedPort),
    end: ({ admin }) => admin.replicaof("NO", "ONE"),
  },
  // A folder where the snapshot should be: it can't be saved, and then Redis takes no writes.
  "unable to write": {
    async begin({ admin, folder }) {
      await mkdir(join(folder, "dump.rdb"));
      await admin.config("SET", "save", "3600 1");
      await admin.bgsave();
      const hasFailed = async () => (await admin.info("persistence")).includes("rdb_last_bgsave_status:err");
      await waitUntil("the snapshot to fail", hasFailed);
    },
    async end({ admin, folder }) {
      await admin.config("SET", "save", "");
      await rmdir(join(folder, "dump.rdb"));
    },
  },
  forbidden: {
    begin: ({ admin }) => admin.acl("SETUSER", "default", "-@write", "-@scripting"),
    end: ({ admin }) => admin.acl("SETUSER", "default", "+@all"),
  },
};

/** As many as there are at most in a burst; and how long each way lasts in an episode. */
const perSecond = 200;
const awayMs = 2000;
/** So many take less of the machine than ingest would need to be late. */
const atOnce = 3;

interface Matrix {
  app: Program["app"];
  rows: Readonly<Record<string, Way>>;
}

async function matrix({ episodes, ...course }: Course, { app, rows }: Matrix): Promise<Outcome> {
  const ms = awayMs * episodes;
  return together(
    await performRows(course, { rows, atOnce, perform: (stage, way) => away(stage, way, { app, ms }) }),
  );
}

interface Absence extends Pick<Matrix, "app"> {
  ms: number;
}

async function away(stage: Stage, way: Way, { app, ms }: Absence): Promise<Outcome> {
  const place = await openPlace(stage);
  if (way.isSoAtStart) await way.begin(place);
  const ingest = await startPart(app, { app, env: { ...stage.env, REDIS_URL: place.line.url } });
  stage.defer(() => ingest.stop());
  const load = startStream(ingest.url(), { perSecond });
  stage.defer(() => load.stop());
  if (!way.isSoAtStart) await waitUntil("webhooks to be accepted", () => acceptedIn(load).length > perSecond);
  const before = await residentMb(ingest.pid());

  if (!way.isSoAtStart) await way.begin(place);
  const since = performance.now();
  await delay(ms);
  const until = performance.now();
  const growthMb = Math.round((await residentMb(ingest.pid())) - before);
  await way.end(place);
  return judgeOutage({ load, redis: place.admin, since, until, growthMb });
}

async function openPlace(stage: Stage): Promise<Place> {
  const folder = await stage.folder();
  const server = await startServer({ dataDir: folder, env: stage.env });
  stage.defer(() => server.stop());
  return { server, folder, admin: stage.connect(server.url), line: await openLine(stage, server.url) };
}
