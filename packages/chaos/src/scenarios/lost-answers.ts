import { setTimeout as delay } from "node:timers/promises";
import { countJobs } from "@statuswire/queues";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { startPart } from "../rig/part.ts";
import { layPath } from "../rig/path.ts";
import { postAll } from "../rig/post-all.ts";
import { openLine } from "../rig/proxy.ts";
import { randomFrom } from "../rig/random.ts";
import { brokenIn, toldOf } from "../rig/told.ts";

/** Redis has done what it was asked, and the answer never arrives: what is asked again changes nothing. */
export const lostAnswers: Scenario = {
  id: "lost-answers",
  title: "Answers of Redis are lost, and their connections with them",
  promises: [1, 2, 3],
  episodes: { of: "ten seconds of load", short: 1 },
  run: (course) => lose(course, "ingest"),
  control: {
    title: "a door that gives each job an id of its own, so that asking again is another job",
    run: (course) => lose(course, "naive-ingest"),
  },
};

const loadMs = 10_000;
const perSecond = 40;
const lossRate = 0.01;
const toldMs = 40_000;

async function lose({ stage, episodes }: Course, door: "ingest" | "naive-ingest"): Promise<Outcome> {
  const path = await layPath(stage);
  const random = randomFrom(1);
  const lines = await Promise.all([openLine(stage, path.server.url), openLine(stage, path.server.url)]);
  const [before, behind] = lines;
  const ingest = await startPart(door, { ...path.ingest(before.url), app: door });
  stage.defer(() => ingest.stop());
  const isOurs = door === "ingest";
  if (isOurs) {
    const worker = await startPart("worker", path.worker(behind.url));
    stage.defer(() => worker.stop());
  }
  let cuts = 0;
  for (const line of lines) {
    line.inspect((piece) => {
      if (piece === "question" || !random.chance(lossRate)) return "carry";
      cuts++;
      return "cut";
    });
  }
  const posting = postAll(() => ingest.url(), perSecond);
  await delay(loadMs * episodes);
  for (const line of lines) line.inspect(undefined);
  const titles = await posting.stop();
  if (isOurs) {
    const told = await toldOf(path, titles, toldMs);
    return { figures: { accepted: titles.length, cuts, ...told }, broken: brokenIn(told, cuts) };
  }
  const jobs = await countJobs(path.queues, "observations", ["wait", "delayed"]);
  const doubled = jobs - titles.length;
  return {
    figures: { accepted: titles.length, cuts, doubled },
    broken: doubled > 0 ? [`${doubled} jobs too many`] : [],
  };
}
