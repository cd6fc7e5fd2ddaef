import { startWorker } from "../apps.ts";
import { backlogOn, perSecondOnceWarm, queueWebhooks } from "../backlog.ts";
import { unasked } from "../quiet.ts";
import type { Stage } from "../stage.ts";
import type { Measured, Subject } from "../subject.ts";
import { webhooksOf } from "../webhooks.ts";

const pages = 100;

/** The same backlog of webhooks, worked off by several workers at once. */
export const workers: Subject = {
  name: "workers",
  against: "one worker",
  figures: [2, 4].map((count) => ({
    name: `workers-${count}`,
    about: `webhooks from job to events in the log, with ${count} workers; Redis needs a core, too`,
    unit: "webhooks/s",
    better: "higher",
  })),
  async ours(stage) {
    return { "workers-2": await perSecond(stage, 2), "workers-4": await perSecond(stage, 4) };
  },
  async baseline(stage): Promise<Measured> {
    const alone = await perSecond(stage, 1);
    return { "workers-2": alone, "workers-4": alone };
  },
};

async function perSecond(stage: Stage, count: number): Promise<number> {
  const webhooks = webhooksOf(stage.quick ? 7500 : 30_000, pages);
  const server = await stage.redis();
  const backlog = await backlogOn(server, stage);
  const config = await unasked(pages, server);
  const running = await Promise.all(Array.from({ length: count }, () => startWorker(stage, server, config)));
  const worked = await perSecondOnceWarm(backlog, webhooks, queueWebhooks);
  await Promise.all(running.map(({ stop }) => stop()));
  return worked;
}
