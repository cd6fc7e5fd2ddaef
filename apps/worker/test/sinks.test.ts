import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { addAlone, closeQueues, listDeadLetters, openQueues, type Queues } from "@statuswire/queues";
import type { Service } from "@statuswire/service";
import { Event } from "@statuswire/status";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { Webhook } from "standardwebhooks";
import { readConfig } from "../src/config.ts";
import { startWorker } from "../src/service.ts";
import { openPlace, type Place } from "./place.ts";
import { type Sinks, webhook, writeConfig } from "./stage.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

let redis: FreshRedis;
let queues: Queues;
let place: Place;
let dead: Place;
let config: Awaited<ReturnType<typeof writeConfig>> | undefined;
let worker: Service | undefined;
let told: string[];

beforeEach(async () => {
  told = [];
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
  redis = await freshRedis();
  queues = openQueues(redis.connect());
  [place, dead] = await Promise.all([openPlace(), openPlace()]);
});
afterEach(async () => {
  await Promise.all([dead.close(), place.close()]);
  await worker?.stop();
  jest.restoreAllMocks();
  await closeQueues(queues);
  await config?.remove();
  await redis.stop();
});

describe("a configured webhook", () => {
  test("gets each event, signed, with its secret from the environment", async () => {
    await start({ team: { kind: "webhook", url: place.url, secrets: ["${TEAM_SECRET}"] } });
    await hear("Slow.");
    const [post] = await posted(place, 1);
    expect(new Webhook(secret).verify(post?.body ?? "", post?.headers ?? {})).toMatchObject({ status: "Slow." });
  });

  test("gets a link to the incident's page on the dashboard that PUBLIC_URL names", async () => {
    await start({ team: { kind: "webhook", url: place.url } }, { PUBLIC_URL: "https://status.acme.test/" });
    await hear("Slow.");
    const [post] = await posted(place, 1);
    const { incident } = Event.parse(JSON.parse(post?.body ?? ""));
    expect(JSON.parse(post?.body ?? "")).toMatchObject({
      dashboardUrl: `https://status.acme.test/incidents/${encodeURIComponent(`acme:${incident?.id ?? ""}`)}`,
    });
  });

  test("is queued, to be tried ten times; the console is not", async () => {
    await start({ team: { kind: "webhook", url: place.url } });
    await hear("Slow.");
    await posted(place, 1);
    const jobs = await queues.deliveries.getJobs();
    expect(jobs.map(({ data, opts }) => [(data as { sink: string }).sink, opts.attempts])).toEqual([["team", 10]]);
  });

  test("leaves no secret in the queue", async () => {
    await start({ team: { kind: "webhook", url: place.url, secrets: ["${TEAM_SECRET}"] } });
    await hear("Slow.");
    await posted(place, 1);
    const [job] = await queues.deliveries.getJobs();
    expect(Object.keys(job?.data as object).sort()).toEqual(["eventId", "patience", "seq", "sink", "v"]);
  });

  test("gets what comes once the file names it, without a restart", async () => {
    await start({});
    await config?.rewrite([acme], { team: { kind: "webhook", url: place.url } });
    await waitUntil(
      "it to be in force",
      () => told.filter((happening) => happening === "config.loaded").length > 1,
    );
    await hear("Slow.");
    expect(statuses(await posted(place, 1))).toEqual(["Slow."]);
  });

  test("that answers 500 gets the event later", async () => {
    place.answer(500);
    await start({ team: { kind: "webhook", url: place.url } });
    await hear("Slow.");
    await posted(place, 1);
    place.answer(200);
    const [first, second] = await posted(place, 2);
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  });

  test("that refuses events is asked once for each, and all are dead letters soon", async () => {
    place.answer(404);
    await start({ team: { kind: "webhook", url: place.url } });
    const many = Array.from({ length: 30 }, (_, index) => `Trouble ${index}.`);
    await hear(...many);
    const found = await waitUntil("all to be buried", async () => {
      const letters = await listDeadLetters(queues);
      return letters.length === many.length ? letters : undefined;
    });
    expect(new Set(found.map(({ letter }) => letter.attempts))).toEqual(new Set([1]));
    expect(statuses(place.posts)).toEqual(many.toSorted());
  });

  test("that is gone is given up at once, and loudly", async () => {
    place.answer(410);
    await start({ team: { kind: "webhook", url: place.url } });
    await hear("Slow.");
    const graves = await waitUntil("it to be buried", async () => {
      const found = await listDeadLetters(queues);
      return found.length ? found : undefined;
    });
    expect(graves.map(({ letter }) => [letter.error, letter.attempts])).toEqual([["GoneError", 1]]);
    await waitUntil("it to be disabled", () => told.includes("sink.disabled"));
  });
});

describe("a sink that never answers", () => {
  test("holds up no other", async () => {
    dead.answer(0);
    await start({ dead: { kind: "webhook", url: dead.url }, team: { kind: "webhook", url: place.url } });
    const many = Array.from({ length: 100 }, (_, index) => `Trouble ${index}.`);
    await hear(...many);
    expect(statuses(await posted(place, 100))).toEqual(many.toSorted());
    expect(dead.posts.length).toBeLessThan(20);
  });
});

const acme = { id: "acme", page: "http://127.0.0.1:1", format: "statuspage", every: 3600 };

async function start(sinks: Sinks, more: NodeJS.ProcessEnv = {}): Promise<void> {
  config = await writeConfig([acme], sinks);
  const own = { REDIS_URL: redis.path, STATUSWIRE_CONFIG: config.path, WORKER_PORT: "0", TEAM_SECRET: secret };
  const env = { ...own, ...more };
  worker = await startWorker(readConfig(env), (happening) => void told.push(happening));
}

async function hear(...bodies: string[]): Promise<void> {
  const envelope = (body: string) => ({
    page: { name: "Acme" },
    component: { name: "API" },
    incident: { name: body, body },
  });
  await addAlone(
    queues,
    bodies.map((body) => webhook("acme", envelope(body))),
  );
}

function posted({ posts }: Place, count: number) {
  return waitUntil(`${count} posts`, () => (posts.length >= count ? posts : undefined), 25_000);
}

function statuses(posts: Place["posts"]): string[] {
  return posts.map(({ body }) => Event.parse(JSON.parse(body)).status).sort();
}
