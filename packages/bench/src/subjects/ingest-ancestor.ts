import { acceptedBy } from "../accepted.ts";
import { ancestorMissing, startAncestor } from "../ancestor.ts";
import { startIngest } from "../apps.ts";
import { connections } from "../load.ts";
import type { Subject } from "../subject.ts";

/** The door beside what came before it: a gateway in Python that forgets what it has taken when it ends. */
export const ingestAncestor: Subject = {
  name: "ingest-ancestor",
  against: "FastAPI behind uvicorn with uvloop, an `asyncio.Queue` in memory, which a restart empties",
  figures: [
    {
      name: "ingest-ancestor",
      about: `webhooks acknowledged over ${connections} connections; ours are durable by then`,
      unit: "webhooks/s",
      better: "higher",
      goal: { of: "ratio", atLeast: 3 },
      missedBecause:
        "it keeps nothing, and uvicorn with uvloop is quick on this processor: the leanest Express that keeps nothing does not reach three times that either (the baseline of `ingest-limit`)",
    },
  ],
  missing: ancestorMissing,
  async ours(stage) {
    return { "ingest-ancestor": await acceptedBy(await startIngest(stage, await stage.redis()), stage) };
  },
  async baseline(stage) {
    return { "ingest-ancestor": await acceptedBy(await startAncestor(stage), stage) };
  },
};
