import { createHmac } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { residentMb } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { type Answer, quantile, startStream } from "../rig/load.ts";
import { type Part, startPart } from "../rig/part.ts";
import { start } from "../rig/process.ts";
import { startServer } from "../rig/server.ts";
import type { Stage } from "../rig/stage.ts";

/** Strangers do their worst at the door: honest senders hardly notice, and no abuse is accepted or an error of ours. */
export const abuse: Scenario = {
  id: "abuse",
  title: "Bad bodies, bombs, wrong proofs, slow senders and floods, beside honest senders",
  promises: [13],
  measures: true,
  episodes: { of: "a round with and without abuse", short: 3 },
  run: (course) => endure(course, "ingest"),
  control: {
    title: "Express with the options that it comes with",
    episodes: 1,
    run: (course) => endure(course, "naive-ingest"),
  },
};

const perSecond = 100;
const roundMs = 3000;
const settleMs = 500;
const promised = { timesSlower: 2, growthMb: 50 };
const secret = "what both of them know";

interface Round {
  clean: readonly Answer[];
  abused: readonly Answer[];
}

async function endure({ stage, episodes, report }: Course, app: "ingest" | "naive-ingest"): Promise<Outcome> {
  const door = await openDoor(stage, app);
  const rounds: Round[] = [];
  const answers: Record<string, number> = {};
  await honest(door);
  const memory: number[] = [];
  for (let round = 0; round < episodes; round++) {
    const clean = await honest(door);
    const abused = await during(stage, door, { answers, meanwhile: () => honest(door) });
    rounds.push({ clean, abused });
    memory.push(await residentMb(door.pid()));
    report(`${app}, round ${round + 1}: p99 ${p99(clean)} ms clean, ${p99(abused)} ms abused`);
  }
  const good = rounds.flatMap(({ clean, abused }) => [...clean, ...abused]);
  const figures = {
    good: good.length,
    goodRefused: good.filter(({ status }) => status !== 202).length,
    cleanP99Ms: median(rounds.map(({ clean }) => p99(clean))),
    abusedP99Ms: median(rounds.map(({ abused }) => p99(abused))),
    abuses: sum(answers, () => true),
    abusesAccepted: sum(answers, (status) => status.startsWith("2")),
    errorsOfOurs: sum(answers, (status) => status.startsWith("5")),
    // The first round brings all code and buffers that it takes.
    growthMb: Math.round((memory.at(-1) ?? 0) - (memory[0] ?? 0)),
  };
  return { figures, broken: brokenBy(figures) };
}

async function openDoor(stage: Stage, app: "ingest" | "naive-ingest"): Promise<Part> {
  const server = await startServer({ dataDir: await stage.folder(), env: stage.env });
  stage.defer(() => server.stop());
  const config = await stage.configure({
    providers: [
      {
        id: "load",
        page: "http://127.0.0.1:9",
        format: "statuspage",
        verify: { scheme: "hmac", header: "x-signature", secret },
      },
    ],
    outbound: { allowPrivate: true },
  });
  const env = { ...stage.env, REDIS_URL: server.url, STATUSWIRE_CONFIG: config };
  const door = await startPart("door", { app, env });
  stage.defer(() => door.stop());
  return door;
}

/** How honest senders fare for a while. What they begin with warms up, and does not count. */
async function honest(door: Part): Promise<readonly Answer[]> {
  const stream = startStream(door.url(), { perSecond, headersOf: signed });
  await delay(settleMs + roundMs);
  await stream.stop();
  return stream.answers.slice((perSecond * settleMs) / 1000);
}

function signed(body: string): Record<string, string> {
  return { "x-signature": createHmac("sha256", secret).update(body).digest("hex") };
}

interface Abused<Result> {
  /** Is told how often the abuses were answered with which status. */
  answers: Record<string, number>;
  meanwhile(): Promise<Result>;
}

async function during<Result>(stage: Stage, door: Part, { answers, meanwhile }: Abused<Result>): Promise<Result> {
  const abuser = await start({
    app: "abuser",
    env: { ...stage.env, TARGET: door.url() },
    heard(line) {
      const counts = JSON.parse(line) as Record<string, number>; // What the abuser says last.
      for (const [status, count] of Object.entries(counts)) answers[status] = (answers[status] ?? 0) + count;
    },
  });
  stage.defer(() => abuser.stop());
  const result = await meanwhile();
  await abuser.stop();
  return result;
}

function sum(answers: Readonly<Record<string, number>>, isMeant: (status: string) => boolean): number {
  return Object.entries(answers).reduce((total, [status, count]) => total + (isMeant(status) ? count : 0), 0);
}

function p99(answers: readonly Answer[]): number {
  return Math.round(quantile(answers, 0.99) * 10) / 10;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

type Figures = Record<
  "goodRefused" | "cleanP99Ms" | "abusedP99Ms" | "abusesAccepted" | "errorsOfOurs" | "growthMb",
  number
>;

function brokenBy(figures: Figures): string[] {
  const { goodRefused, cleanP99Ms, abusedP99Ms, abusesAccepted, errorsOfOurs, growthMb } = figures;
  return [
    ...(goodRefused ? [`${goodRefused} honest webhooks were refused`] : []),
    ...(abusedP99Ms > promised.timesSlower * cleanP99Ms
      ? [`the honest waited for ${abusedP99Ms} ms, and for ${cleanP99Ms} ms without abuse`]
      : []),
    ...(abusesAccepted ? [`${abusesAccepted} abuses were accepted`] : []),
    ...(errorsOfOurs ? [`${errorsOfOurs} abuses were answered 5xx`] : []),
    ...(growthMb > promised.growthMb ? [`the door grew by ${growthMb} MB`] : []),
  ];
}
