import { allQueues, closeQueues, type Observation, openQueues, type Queues, webhookId } from "@statuswire/queues";
import { createPage, incidentPush, openIncident } from "@statuswire/simulator";
import { createReadings } from "@statuswire/store";
import type { Redis } from "ioredis";
import { wholeLog } from "./ordered.ts";
import type { Program } from "./process.ts";
import { type Server, startServer } from "./server.ts";
import type { Stage } from "./stage.ts";

/** All that a webhook needs on its way to stdout, but for the processes and Redis. */
export interface Path {
  /** A connection of the harness's own. */
  redis: Redis;
  queues: Queues;
  /** A worker on this path, or on a line to it. */
  worker(url?: string): Program;
  /** What a plain author would have written in a worker's place. */
  naiveObserver(url?: string): Program;
  ingest(url?: string): Program;
  /** How often each incident was printed, by its title. */
  printed: ReadonlyMap<string, number>;
  /** How many events of each incident are in the log, by its title. */
  logged(): Promise<ReadonlyMap<string, number>>;
}

/** A path over a Redis of its own. */
export interface OwnPath extends Path {
  server: Server;
}

/** Those whose webhooks `opening` makes. Several, so that none has more open at once than a page that fares badly: what is compared grows with that. */
const providers = Array.from({ length: 20 }, (_, index) => `acme-${index}`);

/** Whom the webhook with a number is about. */
export function providerOf(number: number): string {
  return `acme-${number % providers.length}`;
}

/** What the configuration says besides, and of which providers. */
interface Wish {
  ids?: readonly string[];
  [section: string]: unknown;
}

/** Lays a path over a Redis of its own; both end with the stage. */
export async function layPath(stage: Stage, wish: Wish = {}): Promise<OwnPath> {
  const server = await startServer({ dataDir: await stage.folder(), env: stage.env });
  stage.defer(() => server.stop());
  return { server, ...(await layPathOver(server.url, stage, wish)) };
}

/** Lays a path over the Redis that a `REDIS_URL` names; it ends with the stage. */
export async function layPathOver(redisUrl: string, stage: Stage, wish: Wish = {}): Promise<Path> {
  const { ids = providers, ...besides } = wish;
  const redis = stage.connect(redisUrl);
  const queues = openQueues(redis);
  for (const { queue } of allQueues(queues)) queue.on("error", () => undefined);
  stage.defer(() => closeQueues(queues));
  // Nobody asks the pages: this is about their webhooks.
  const notBefore = Date.now() + 24 * 3600 * 1000;
  await Promise.all(ids.map((provider) => createReadings(redis).note(provider, { notBefore })));
  const config = await stage.configure({
    providers: ids.map((id) => ({ id, page: "http://127.0.0.1:9", format: "statuspage", every: "24h" })),
    outbound: { allowPrivate: true },
    ...besides,
  });
  const printed = new Map<string, number>();
  const program = (app: Program["app"], url: string): Program => ({
    app,
    env: { ...stage.env, REDIS_URL: url, STATUSWIRE_CONFIG: config, LOG_FORMAT: "json" },
    heard: (line) => count(printed, titleIn(line)),
  });
  return {
    ...{ redis, queues, printed },
    worker: (url = redisUrl) => program("worker", url),
    naiveObserver: (url = redisUrl) => program("naive-observer", url),
    ingest: (url = redisUrl) => program("ingest", url),
    async logged() {
      const events = new Map<string, number>();
      for (const { incident } of await wholeLog(redis)) count(events, incident?.title);
      return events;
    },
  };
}

/** A webhook, and the title of what it tells. */
export interface Opening {
  title: string;
  provider: string;
  path: string;
  body: string;
}

/** A webhook that opens an incident of its own, which makes one event. */
export function opening(number: number): Opening {
  const at = new Date();
  const title = `Incident ${number}`;
  const provider = providerOf(number);
  const quiet = createPage({ id: provider, vendor: "statuspage", name: "Acme", components: ["API"], at });
  const post = {
    title,
    impact: "minor",
    status: "investigating",
    body: `${title} is being looked into.`,
    at,
  } as const;
  // An incident's id is made of the page's revision and the time.
  const page = openIncident({ ...quiet, revision: number }, post);
  const push = incidentPush(page, page.incidents[0]?.id ?? "", { origin: "https://status.example.com", at });
  return { title, provider, path: `/webhooks/${provider}`, body: JSON.stringify(push) };
}

/** The same as ingest queues it. */
export function asObservation({
  provider = providerOf(0),
  body,
}: Partial<Opening> & { body: string }): Observation {
  return { id: webhookId(provider, body), provider, via: "webhook", receivedAt: new Date().toISOString(), body };
}

function titleIn(line: string): string | undefined {
  return /"title":"(Incident \d+)"/.exec(line)?.[1];
}

function count(counts: Map<string, number>, title: string | undefined): void {
  if (title !== undefined) counts.set(title, (counts.get(title) ?? 0) + 1);
}
