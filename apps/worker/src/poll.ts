import { createHash } from "node:crypto";
import type { Provider } from "@statuswire/config";
import { type Observation, type Observations, type Poll } from "@statuswire/queues";
import { asError } from "@statuswire/status";
import type { Deadlines, Networks, Pasts, Reading, Readings, Store } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { formatOf } from "./adapt.ts";
import { FatalPageError, verdictOn } from "./fatal.ts";
import type { Figures } from "./figures.ts";
import type { Held } from "./partitions/held.ts";
import { CrashError, createPageHealth, isWrongShape } from "./page-health.ts";
import type { Tries } from "./processor.ts";
import { type Answer, type Pages, readPage } from "./read-page.ts";
import { asFound, createRedetector } from "./redetect.ts";
import type { Watched } from "./watched.ts";

interface Dependencies {
  watched: Watched;
  outbound: Pages;
  observations: Observations;
  readings: Readings;
  deadlines: Deadlines;
  networks: Networks;
  pasts: Pasts;
  store: Store;
  held: Pick<Held, "leaseOf">;
  figures: Figures;
  /** Has a page asked where it can take nothing with it; undefined when it is asked there. */
  isolate: ((poll: Poll) => Promise<void>) | undefined;
  tell: Tell;
  now(): Date;
}

/** How a poll ended; Bull Board shows it as the job's result. */
export type Outcome = "changed" | "unchanged" | "failed" | "not yet" | "underway" | "asked" | "isolated";

/** What there is to know of a poll besides its page. */
interface History extends Partial<Tries> {
  /** Whether there is reason to ask out of turn. */
  isUrgent?: boolean;
}

/** Between two polls of a page that there is reason for. */
const urgentGapMs = 5_000;

/**
 * Asks pages. A page that fails costs itself: the schedule goes on, other pages don't notice. Throws LeaseLostError when another
 * worker works for the page.
 */
export function createPoller({
  watched,
  outbound,
  observations,
  readings,
  deadlines,
  networks,
  pasts,
  store,
  held,
  figures,
  isolate,
  tell,
  now,
}: Dependencies) {
  const health = createPageHealth({ readings, deadlines, networks, pasts, store, tell, now });
  const redetect = createRedetector({ outbound, readings, tell, now });
  const underway = new Set<string>();

  return async function poll({ provider: id, incident }: Poll, history: History = {}): Promise<Outcome> {
    const provider = watched.named(id);
    held.leaseOf(id);
    if (incident !== undefined) return askAbout(provider, { incident, ...history });
    if (history.stalls) return giveUp(provider);
    // The schedule makes the next job when this one starts; a slow page must not be asked twice at once.
    if (underway.has(id)) return "underway";
    underway.add(id);
    const startedAt = now().getTime();
    try {
      const outcome = await pollPage(provider, history);
      figures.polls.inc({ provider: id, outcome });
      figures.times.polled(outcome, now().getTime() - startedAt);
      return outcome;
    } finally {
      underway.delete(id);
    }
  };

  async function pollPage(configured: Provider, { isUrgent }: History): Promise<Outcome> {
    const startedAt = now();
    const reading = await readings.of(configured.id);
    const provider = asFound(configured, reading);
    const gapMs = isUrgent ? urgentGapMs : (provider.everySeconds * 1000) / 2;
    if (!isDue(reading, gapMs, startedAt)) return "not yet";
    if (isolate && reading.isolated) return isolate({ v: 1, provider: provider.id }).then(() => "isolated");
    const at = startedAt.toISOString();
    let answer: Answer;
    let verdict: ReturnType<typeof verdictOn>;
    try {
      answer = await readPage(outbound, { provider, reading, at });
      verdict = answer.kind === "changed" ? verdictOn(reading, { hash: answer.hash, at: startedAt }) : undefined;
      if (verdict === "condemned") throw new FatalPageError();
    } catch (error) {
      await health.failed(provider, { reading, at, error: asError(error) });
      if (isWrongShape(error)) await redetect(configured, reading);
      return "failed";
    }
    if (verdict === "suspected") return "isolated";
    // Whoever was asleep meanwhile has nothing to say: the page is another's to ask.
    held.leaseOf(configured.id);
    if (answer.kind === "changed") await observations.add(observationOf(provider, answer, at));
    const seen = answer.kind === "unchanged" ? answer.seen : undefined;
    const { received } = answer;
    await health.succeeded(provider, { reading, at, outcome: answer.kind, seen, received });
    tell(answer.kind === "changed" ? "poll.changed" : "poll.unchanged", { provider: provider.id });
    return answer.kind;
  }

  /** Two processes have not survived it, and it was alone with the second. Until it is read again, it is asked in quarantine only. */
  async function giveUp(provider: Provider): Promise<Outcome> {
    const reading = await readings.of(provider.id);
    await health.failed(provider, { reading, at: now().toISOString(), error: new CrashError() });
    return "failed";
  }

  /** Reads one incident that its page no longer lists, for its closing words. That it is gone for good is no reason to try again. */
  async function askAbout(
    configured: Provider,
    { incident, left = 0 }: History & { incident: string },
  ): Promise<Outcome> {
    const provider = asFound(configured, await readings.of(configured.id));
    const { id, page, format } = provider;
    const url = formatOf(provider).incidentUrl?.(new URL(page), incident);
    if (!url) return "not yet";
    const at = now().toISOString();
    try {
      const answer = await outbound.fetchPage(url);
      if (answer.kind === "unchanged") return "unchanged";
      await observations.add({
        ...observed(id, at, `${Date.parse(at)}-${digest(incident)}`),
        format,
        body: answer.text,
        about: incident,
      });
      return "asked";
    } catch (error) {
      if (left > 0 && !isWrongShape(error)) throw error;
      tell("poll.failed", { provider: id, incident, error: asError(error) });
      return "failed";
    }
  }
}

// Two copies of a schedule, or a first poll beside it, must not ask a page twice as often.
function isDue({ notBefore, polledAt, failures }: Reading, gapMs: number, now: Date): boolean {
  if (now.getTime() < notBefore) return false;
  const sinceLast = now.getTime() - Date.parse(polledAt ?? "1970-01-01T00:00:00.000Z");
  return failures > 0 || sinceLast >= gapMs;
}

function observed(provider: string, at: string, what: string): Omit<Observation, "body"> {
  return { id: `poll-${provider}-${what}`, provider, via: "poll", receivedAt: at };
}

// A vendor's id may hold what a job's id may not.
function digest(id: string): string {
  return createHash("sha256").update(id).digest("hex").slice(0, 16);
}

function observationOf(
  { id, format }: Provider,
  { bodies: [body, ...also], way, hash, components, seen }: Extract<Answer, { kind: "changed" }>,
  at: string,
): Observation {
  return {
    ...observed(id, at, String(Date.parse(at))),
    format,
    body,
    ...(also.length ? { also } : {}),
    reading: { way, hash, components, ...seen },
  };
}
