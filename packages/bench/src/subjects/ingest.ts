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
        "one process takes about 90 µs of processor time per webhook where the leanest Express takes about 30 and the plain one 220: " +
        "the validity check, the batch as JSON, its way to Redis, the hash that makes a repeat one job, and a collector that follows them. " +
        "A larger young generation made no difference that could be seen",
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
