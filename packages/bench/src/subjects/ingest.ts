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
        "one process takes 70 to 90 µs of its thread per webhook: a sixth is the answer, a tenth each the collector and packing the batch, 8 % each the check and " +
        "BullMQ's add, 6 % the hash. The leanest Express takes 36 to 54 in the same minutes, plain Express 290 to 310: five times as fast as that would leave 4 to 26 µs " +
        "for all that makes a webhook durable. Tried without a difference beyond the noise: two batches in flight, batches of other sizes, a larger young generation, " +
        "a collector of one thread, other malloc thresholds, a Redis that does not rewrite its file",
    },
    {
      name: "ingest-limit",
      about: "the same, beside what Express can do when it keeps nothing",
      unit: "webhooks/s",
      better: "higher",
      goal: { of: "ratio", atLeast: 0.4 },
      missedBecause: "it comes close; what keeps nothing has none of what `ingest` names",
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
