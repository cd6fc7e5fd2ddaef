import { setTimeout as delay } from "node:timers/promises";
import { type ReplicatedRedis, startSentinels, waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { startPart } from "../rig/part.ts";
import { layPathOver } from "../rig/path.ts";
import { postAll } from "../rig/post-all.ts";
import { brokenIn, toldOf } from "../rig/told.ts";

/** The master dies with what no replica has: it was never accepted, so it is sent again, and nothing is lost. */
export const laggingReplicas: Scenario = {
  id: "lagging-replicas",
  title: "The master dies while its replicas are behind",
  promises: [12],
  run: (course) => lag(course, {}),
  control: {
    title: "what the master alone has is accepted (INGEST_WAIT_REPLICAS=0)",
    run: (course) => lag(course, { INGEST_WAIT_REPLICAS: "0" }),
  },
};

const perSecond = 30;
const lagMs = 1500;
const failoverMs = 30_000;
const toldMs = 30_000;

async function lag({ stage }: Course, variables: NodeJS.ProcessEnv): Promise<Outcome> {
  const servers = await startSentinels(stage.env);
  stage.defer(() => servers.stop());
  const path = await layPathOver(servers.url, stage);
  const door = path.ingest();
  const ingest = await startPart("ingest", { ...door, env: { ...door.env, ...variables } });
  stage.defer(() => ingest.stop());
  const posting = postAll(() => ingest.url(), perSecond);
  stage.defer(async () => posting.giveUp());
  await waitUntil("webhooks to be accepted", () => posting.accepted.size > perSecond);

  await leaveBehind(servers);
  const before = posting.accepted.size;
  await delay(lagMs);
  const acceptedMeanwhile = posting.accepted.size - before;
  process.kill(servers.master.pid, "SIGKILL");
  for (const { pid } of servers.replicas) process.kill(pid, "SIGCONT");

  const sofar = posting.accepted.size;
  await waitUntil("webhooks to be accepted again", () => posting.accepted.size > sofar, failoverMs);
  const titles = await posting.stop();
  const worker = await startPart("worker", path.worker());
  stage.defer(() => worker.stop());
  const told = await toldOf(path, titles, toldMs);
  return { figures: { accepted: titles.length, acceptedMeanwhile, ...told }, broken: brokenIn(told, 0) };
}

/** Holds the replicas and cuts them off, so that not even their sockets get what the master takes from then on, all the same. */
async function leaveBehind({ master, replicas }: ReplicatedRedis): Promise<void> {
  await master.admin.config("SET", "min-replicas-to-write", "0");
  for (const { pid } of replicas) process.kill(pid, "SIGSTOP");
  await master.admin.call("CLIENT", "KILL", "TYPE", "REPLICA");
}
