import type { Scenario } from "../chaos/scenario.ts";
import { abuse } from "./abuse.ts";
import { buried } from "./buried.ts";
import { crashPoints } from "./crash-points.ts";
import { damagedFile } from "./damaged-file.ts";
import { diskFull } from "./disk-full.ts";
import { embeddedRedis } from "./embedded-redis.ts";
import { failover } from "./failover.ts";
import { hostilePages } from "./hostile-pages.ts";
import { laggingReplicas } from "./lagging-replicas.ts";
import { lostAnswers } from "./lost-answers.ts";
import { lostSchedules } from "./lost-schedules.ts";
import { partition } from "./partition.ts";
import { poison } from "./poison.ts";
import { powerCut } from "./power-cut.ts";
import { quietWorkers } from "./quiet-workers.ts";
import { redisAway } from "./redis-away.ts";
import { redisKilled } from "./redis-killed.ts";
import { rollingRestart } from "./rolling-restart.ts";
import { sinkFaults } from "./sink-faults.ts";
import { tenKills } from "./ten-kills.ts";
import { trim } from "./trim.ts";
import { versions } from "./versions.ts";
import { workerKilled } from "./worker-killed.ts";
import { workerOrder } from "./worker-order.ts";

/** Every scenario, the gravest first. */
export const catalogue: readonly Scenario[] = [
  powerCut,
  redisAway,
  redisKilled,
  embeddedRedis,
  failover,
  laggingReplicas,
  diskFull,
  damagedFile,
  workerKilled,
  workerOrder,
  tenKills,
  partition,
  crashPoints,
  lostAnswers,
  rollingRestart,
  sinkFaults,
  abuse,
  lostSchedules,
  quietWorkers,
  buried,
  poison,
  hostilePages,
  trim,
  versions,
];
