import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Guard, sentinelLines } from "./guard.ts";
import { every, follow, type RedisNode, replicatedSettings, startNode } from "./redis-node.ts";
import { freePort } from "./redis-server.ts";
import { waitUntil } from "./wait-until.ts";

/** Redis servers that replace their master by themselves when it is gone. */
export interface ReplicatedRedis {
  /** `REDIS_URL`, which names those who know the master; of guarded ones without how to log in. */
  url: string;
  /** The first master. Its own `url` leads to it alone. */
  master: RedisNode;
  /** Its two replicas. */
  replicas: readonly RedisNode[];
  stop(): Promise<void>;
}

const startMs = 30_000;
const slots = 16_384;
/** How long a server may say nothing before others take it for gone. */
const patienceMs = 1000;

/** A master, two replicas, and three sentinels, two of whom have to agree that the master is gone. */
export async function startSentinels(env: NodeJS.ProcessEnv, guard?: Guard): Promise<ReplicatedRedis> {
  const start = () => startNode(replicatedSettings, env, guard);
  const [master, ...replicas] = await startAll([start(), start(), start()]);
  if (!master) throw new Error("There are three.");
  await follow(replicas, ({ admin }) => admin.replicaof("127.0.0.1", master.port));
  const folder = await mkdtemp(join(tmpdir(), "statuswire-sentinels-"));
  const sentinels = await startAll(
    [1, 2, 3].map((number) => startSentinel(join(folder, `${number}.conf`), { master, env, guard })),
  );
  await waitUntil("every sentinel to know all", () => every(sentinels, knowsAll), startMs);
  return {
    ...{ master, replicas, url: `redis+sentinel://${hosts(sentinels)}/statuswire` },
    async stop() {
      await stopAll([...sentinels, master, ...replicas]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Watch {
  master: RedisNode;
  env: NodeJS.ProcessEnv;
  guard: Guard | undefined;
}

async function startSentinel(file: string, { master, env, guard }: Watch): Promise<RedisNode> {
  const lines = [
    `sentinel monitor statuswire 127.0.0.1 ${master.port} 2`,
    `sentinel down-after-milliseconds statuswire ${patienceMs}`,
    "sentinel failover-timeout statuswire 10000",
    "sentinel parallel-syncs statuswire 2",
    ...(guard ? sentinelLines("statuswire", guard) : []),
  ];
  await writeFile(file, `${lines.join("\n")}\n`);
  return startNode([file, "--sentinel"], env, guard && { ...guard, user: guard.sentinelUser });
}

async function knowsAll({ admin }: RedisNode): Promise<boolean> {
  const facts = (await admin.call("SENTINEL", "MASTER", "statuswire")) as string[]; // Names and values by turns.
  const said = (name: string) => Number(facts[facts.indexOf(name) + 1]);
  return said("num-slaves") === 2 && said("num-other-sentinels") === 2;
}

/** A cluster of three masters, of whom the first has nearly all slots and two replicas; the others are there to vote. */
export async function startCluster(env: NodeJS.ProcessEnv, guard?: Guard): Promise<ReplicatedRedis> {
  const busPorts = await Promise.all(Array.from({ length: 5 }, freePort));
  const nodes = await startAll(busPorts.map((busPort) => startNode(clusterSettings(busPort), env, guard)));
  const [master, second, third, ...replicas] = nodes;
  if (!master || !second || !third) throw new Error("There are five.");
  const all = Array.from({ length: slots }, (_, slot) => slot);
  for (const [index, { node, owned }] of [
    { node: master, owned: all.slice(2) },
    { node: second, owned: all.slice(0, 1) },
    { node: third, owned: all.slice(1, 2) },
  ].entries()) {
    await node.admin.call("CLUSTER", "ADDSLOTS", ...owned);
    await node.admin.call("CLUSTER", "SET-CONFIG-EPOCH", index + 1);
  }
  const meet = ["CLUSTER", "MEET", "127.0.0.1", master.port, busPorts[0] ?? 0] as const;
  for (const { admin } of nodes.slice(1)) await admin.call(...meet);
  const knowsOthers = async ({ admin }: RedisNode) => (await infoOf(admin)).includes("cluster_known_nodes:5");
  await waitUntil("every node to know all", () => every(nodes, knowsOthers), startMs);
  const id = String(await master.admin.call("CLUSTER", "MYID"));
  await follow(replicas, ({ admin }) => admin.call("CLUSTER", "REPLICATE", id));
  const isWhole = async ({ admin }: RedisNode) => (await infoOf(admin)).includes("cluster_state:ok");
  await waitUntil("the cluster to work", () => every(nodes, isWhole), startMs);
  return { url: `redis+cluster://${hosts(nodes)}`, master, replicas, stop: () => stopAll(nodes) };
}

function clusterSettings(busPort: number): string[] {
  const own = ["--cluster-enabled", "yes", "--cluster-port", String(busPort)];
  // The voters have no replicas and need none; unasked, Redis would give them one of ours.
  const others = ["--cluster-node-timeout", String(patienceMs), "--cluster-migration-barrier", "2"];
  return [...replicatedSettings, ...own, ...others];
}

async function infoOf(admin: RedisNode["admin"]): Promise<string> {
  return String(await admin.call("CLUSTER", "INFO"));
}

/** All of them, or none. */
async function startAll(starting: Promise<RedisNode>[]): Promise<RedisNode[]> {
  const started = await Promise.allSettled(starting);
  const nodes = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  if (nodes.length === started.length) return nodes;
  await stopAll(nodes);
  throw new Error("Not all of the servers could be started.", {
    cause: started.find((one) => one.status === "rejected")?.reason,
  });
}

async function stopAll(nodes: readonly RedisNode[]): Promise<void> {
  await Promise.all(nodes.map((node) => node.stop()));
}

function hosts(nodes: readonly RedisNode[]): string {
  return nodes.map(({ port }) => `127.0.0.1:${port}`).join(",");
}
