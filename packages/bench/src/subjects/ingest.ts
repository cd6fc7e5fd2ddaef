import { startIngest } from "../apps.ts";
import { acceptedBy } from "../accepted.ts";
import { connections } from "../load.ts";
import { ownProgram } from "../program.ts";
import type { Measured, Subject } from "../subject.ts";

/** The door under load: 2 KB webhooks, acknowledged once they are on disk. */
export const ingest: Subject = {
  name: "ingest",
  against:
    "for `ingest`, plain Express with `express.json()` and `await queue.add()` on the same Redis; for `ingest-limit`, the leanest " +
    "Express, storing nothing; for `ingest-generator`, a bare `node:http` that answers 202",
  figures: [
    {
      name: "ingest",
      about: `webhooks acknowledged, durable, over ${connections} connections`,
      unit: "webhooks/s",
      better: "higher",
      goal: { of: "ratio", atLeast: 5 },
      missedBecause:
        "one process takes about 75 µs of its thread per webhook, and a fifth more in V8's helpers; the leanest Express takes 36, plain Express 255, so " +
        "five times as fast as that would leave 14 for all that makes a webhook durable. Nearly a third is the batch as JSON on its way through BullMQ and " +
        "ioredis, a seventh the answer, a seventh the collector, then the check and the hash. Two batches in flight, batches of other sizes, a larger young " +
        "generation, a collector of one thread and other malloc thresholds made no difference beyond the noise",
    },
    {
      name: "ingest-limit",
      about: "the same, beside what Express can do when it keeps nothing",
      unit: "webhooks/s",
      better: "higher",
      goal: { of: "ratio", atLeast: 0.4 },
      missedBecause: "the same; what keeps nothing has none of it",
    },
    {
      name: "ingest-generator",
      about: "the same, beside what the load's generator reaches against a server that does nothing",
      unit: "webhooks/s",
      better: "higher",
    },
  ],
  async ours(stage) {
    const server = await stage.redis();
    const perSecond = await acceptedBy(await startIngest(stage, server), stage);
    return { ingest: perSecond, "ingest-limit": perSecond, "ingest-generator": perSecond };
  },
  async baseline(stage): Promise<Measured> {
    const { url } = await stage.redis();
    const plain = await stage.run({ script: ownProgram("plain-express"), args: [url] });
    const silent = await stage.run({ script: ownProgram("silent-express") });
    const bare = await stage.run({ script: ownProgram("bare-http") });
    return {
      ingest: await acceptedBy(plain, stage),
      "ingest-limit": await acceptedBy(silent, stage),
      "ingest-generator": await acceptedBy(bare, stage),
    };
  },
};
