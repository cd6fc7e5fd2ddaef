import { servePages, watching } from "../pages.ts";
import type { Stage } from "../stage.ts";
import type { Measured, Subject } from "../subject.ts";
import { npmStart, startTogether } from "../together.ts";

/** What a user waits for after `npm start`, when everything is installed and built. */
export const start: Subject = {
  name: "start",
  figures: [
    {
      name: "start",
      about: "warm `npm start` with three providers until ingest, worker and dashboard answer /readyz",
      unit: "s",
      better: "lower",
      goal: { of: "median", atMost: 3 },
      missedBecause:
        "three processes of one file each (decision 020) still take about 0.65 s of processor time to load, at once on two cores; npm, the checks of set-up and Redis come before them. " +
        "Within one day and one commit it took 2.7 to 3.3 s, as the machine went; an older commit, measured in the same minute, took as long",
    },
  ],
  ours,
};

async function ours(stage: Stage): Promise<Measured> {
  const { addresses } = await servePages(stage, { pages: 3, components: 20, rebuildMs: 0 });
  const { readySeconds } = await startTogether(
    stage,
    npmStart,
    watching({ count: 3, addresses, everySeconds: 60 }),
  );
  return { start: readySeconds };
}
