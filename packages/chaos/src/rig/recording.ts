import { createHash } from "node:crypto";
import { createAppend, jobsFor, type Observation, webhookId } from "@statuswire/queues";
import { createPage, type Page, render } from "@statuswire/simulator";
import type { Redis } from "ioredis";
import { nextStep } from "../soak/story.ts";
import { randomFrom } from "./random.ts";

const pages = 100;
const origin = "https://status.example.com";
const components = ["API", "Dashboard", "Webhooks", "Search", "Login"];
/** Of what happens to a page, how much is followed by a reading of the page. */
const readRate = 0.2;
/** Few enough that most jobs hold one or two observations: workers are struck with a job in hand, not with everything. */
const inOneWrite = 25;

/** The ids of the pages in a recording. */
export const recordedProviders: readonly string[] = Array.from({ length: pages }, (_, index) => `page-${index}`);

/** Webhooks about incidents and components, and readings of the pages among them: the same for the same number of steps. */
export function recordStream(steps: number): Observation[] {
  const random = randomFrom(12);
  const startedAt = Date.UTC(2026, 10, 1, 12);
  const current = new Map(
    recordedProviders.map((id) => {
      const at = new Date(startedAt);
      return [id, createPage({ id, vendor: "statuspage", name: `Page ${id}`, components, at })];
    }),
  );
  return Array.from({ length: steps }).flatMap((_, step) => {
    const id = random.pick(recordedProviders);
    const at = new Date(startedAt + (step + 1) * 1000);
    const page = pageOf(current, id);
    const next = nextStep(page, { id, hearing: "both" }, { random, at, mayEnd: () => true });
    current.set(id, next.page);
    const about = { provider: id, receivedAt: at.toISOString() };
    const webhooks = next.pushes.map((push): Observation => {
      const body = JSON.stringify(push);
      return { ...about, id: webhookId(id, body), via: "webhook", body };
    });
    return random.chance(readRate) ? [...webhooks, readingOf(next.page, about)] : webhooks;
  });
}

/** Queues observations in their order, as ingest does: in writes of some at once. */
export async function queueAll(
  redis: Redis,
  observations: readonly Observation[],
  partitions: number,
): Promise<void> {
  const append = createAppend(redis);
  const writes: Promise<void>[] = [];
  for (let from = 0; from < observations.length; from += inOneWrite)
    writes.push(append(jobsFor(observations.slice(from, from + inOneWrite), partitions)));
  await Promise.all(writes);
}

function readingOf(page: Page, about: Pick<Observation, "provider" | "receivedAt">): Observation {
  const { body } = render(page, { path: "/api/v2/summary.json", origin });
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 32);
  return { ...about, id: `poll-${about.provider}-${hash}`, via: "poll", body };
}

function pageOf(current: ReadonlyMap<string, Page>, id: string): Page {
  const page = current.get(id);
  if (!page) throw new Error(`There is no page ${id}.`);
  return page;
}
