import { groupCommit, type Observation, webhookId } from "@statuswire/queues";
import {
  createPage,
  openIncident,
  type Page,
  pushesOf,
  render,
  resolveIncident,
  updateIncident,
} from "@statuswire/simulator";
import type { Redis } from "ioredis";
import { at } from "./stage.ts";

const origin = "https://status.example.com";
const components = ["API", "Search", "Login"];
const body = "We are looking into it.";

/**
 * What pages said, as it was recorded: incidents that open, go on and are resolved, the components that they move, and polls among
 * the webhooks. The providers take turns, and each one's observations are in order.
 */
export function recordedStream(providers: readonly string[], rounds: number): Observation[] {
  let pages = providers.map((id) => createPage({ id, vendor: "statuspage", name: id, components, at: at(0) }));
  const stream = pages.map((page) => poll(page, 0));
  for (let round = 1; round <= rounds; round++) {
    pages = pages.map((page) => nextOf(page, round));
    // What one page says at once stands together; the pages take turns.
    const told = pages.map((page) => saidBy(page, round));
    for (let place = 0; told.some((one) => place < one.length); place++)
      stream.push(...told.flatMap((one) => one.slice(place, place + 1)));
  }
  return stream;
}

/** Queues a stream as ingest does. */
export async function queueStream(
  redis: Redis,
  stream: readonly Observation[],
  partitions: number,
): Promise<void> {
  const { add } = groupCommit(redis, { partitions: () => partitions });
  await Promise.all(stream.map(add));
}

function nextOf(page: Page, round: number): Page {
  const time = at(round);
  const incident = page.incidents.at(-1)?.id ?? "";
  if (round % 4 === 1) {
    const affects = { API: "partial_outage", Search: "degraded_performance" } as const;
    return openIncident(page, {
      title: `Trouble ${round}`,
      impact: "major",
      status: "investigating",
      body,
      at: time,
      affects,
    });
  }
  if (round % 4 === 0) return resolveIncident(page, incident, { body, at: time });
  const status = round % 4 === 2 ? "identified" : "monitoring";
  return updateIncident(page, incident, { status, body, at: time });
}

function saidBy(page: Page, round: number): Observation[] {
  const webhooks = pushesOf(page, page.incidents.at(-1)?.id ?? "", { origin, at: at(round) }).map((push) => {
    const text = JSON.stringify(push);
    const { id: provider } = page;
    const receivedAt = at(round).toISOString();
    return { id: webhookId(provider, text), provider, via: "webhook" as const, receivedAt, body: text };
  });
  return round % 3 === 0 ? [...webhooks, poll(page, round)] : webhooks;
}

function poll(page: Page, round: number): Observation {
  const { body: text } = render(page, { path: "/api/v2/summary.json", origin });
  const reading = { way: 0, hash: `${page.id}-${round}`, components: components.length };
  const id = `poll-${page.id}-${round}`;
  return { id, provider: page.id, via: "poll", receivedAt: at(round).toISOString(), body: text, reading };
}
