import type { Provider } from "@statuswire/config";
import { FetchError } from "@statuswire/outbound";
import {
  patienceMs,
  PayloadError,
  PermanentError,
  recovered,
  RetryLaterError,
  seconds,
  staleFrom,
} from "@statuswire/status";
import {
  type Deadlines,
  type Networks,
  type Pasts,
  type PollNote,
  type Reading,
  type Readings,
  type Store,
  withPoll,
} from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { FatalPageError } from "./fatal.ts";
import { createNetworkWatch } from "./network.ts";
import type { Received, Seen } from "./received.ts";
import { createStaleReporter } from "./stale.ts";

interface Dependencies {
  readings: Readings;
  deadlines: Deadlines;
  networks: Networks;
  pasts: Pasts;
  store: Store;
  tell: Tell;
  now(): Date;
}

/** A poll that ended, with what was remembered before it. */
interface Ended {
  reading: Reading;
  at: string;
  /** What came over the wire, if it was the page that ended it. */
  received?: Received | undefined;
}

/** Keeps account of how each page's polls end, and says once when it can't be relied on, and once when it can again. */
export interface PageHealth {
  succeeded(provider: Provider, ended: Ended & { outcome: string; seen?: Seen | undefined }): Promise<void>;
  failed(provider: Provider, ended: Ended & { error: Error }): Promise<void>;
}

/** A page that answers in its shape, but lists nothing where it used to list components. */
export class EmptyPageError extends PermanentError {
  override readonly name = "EmptyPageError";

  constructor() {
    super("The page answers, but it lists no components any more.");
  }
}

/** A page that took two processes down which were about to read it. */
export class CrashError extends PermanentError {
  override readonly name = "CrashError";

  constructor() {
    super("The process that asked the page did not survive it, twice.");
  }
}

const minute = 60_000;
/** A failing page is asked again after one interval, two, four, …, and at least this often. */
const longestBackoff = 15 * minute;
const calm = {
  wrongShapes: 0,
  detections: 0,
  failures: 0,
  failingSince: undefined,
  notBefore: 0,
  isolated: undefined,
};

/** Page health on Redis, so that any worker can go on with it. */
export function createPageHealth(dependencies: Dependencies): PageHealth {
  const { readings, deadlines, networks, pasts, store, tell, now } = dependencies;
  const staleness = createStaleReporter(dependencies);
  const network = createNetworkWatch(dependencies);

  function noteOf({ at, outcome, received }: Pick<Ended, "at" | "received"> & { outcome: string }): PollNote {
    const ms = Math.max(0, now().getTime() - Date.parse(at));
    return { at, outcome, status: received?.status, bytes: received?.bytes ?? 0, ms };
  }

  return {
    async succeeded({ id, name, page, everySeconds }, { reading, at, outcome, seen, received }) {
      const gap = gapBefore(at, { reading, everySeconds });
      if (gap) await pasts.missed(id, gap);
      const polls = withPoll(reading.polls, noteOf({ at, outcome, received }));
      const account = { ...(isTroubled(reading) ? calm : {}), polledAt: at, readAt: at, outcome, polls };
      await Promise.all([network.heard(page, { at }), readings.note(id, { ...seen, ...account })]);
      if (!reading.failures) return;
      await deadlines.clear(id);
      tell("poll.recovered", { provider: id, failures: reading.failures });
      await store.transition(id, (known) => recovered(known, { at, name }), { via: "poll", at });
    },

    async failed(provider, { reading, at, error }) {
      const { id, page, everySeconds } = provider;
      // A page that took its process down was not asked to the end.
      const isOffline = !(error instanceof CrashError) && (await network.heard(page, { at, error }));
      const failures = reading.failures + 1;
      const failingSince = reading.failingSince ?? at;
      // Without a network of our own, to ask as usual costs the page nothing, and finds out soonest when it is back.
      const backedOff = backoff(isOffline ? 1 : failures, everySeconds * 1000);
      const delayMs = error instanceof RetryLaterError ? error.delayMs : backedOff;
      const reason = reasonOf(error);
      const notBefore = now().getTime() + delayMs;
      const wrongShapes = isWrongShape(error) ? reading.wrongShapes + 1 : reading.wrongShapes;
      const isolated = error instanceof CrashError ? "yes" : reading.isolated;
      const account = { failures, failingSince, wrongShapes, notBefore, isolated };
      const polls = withPoll(reading.polls, noteOf({ at, outcome: reason, received: answered(error) }));
      await readings.note(id, { ...account, polledAt: at, outcome: reason, polls });
      tell("poll.failed", { provider: id, page, failures, nextInSeconds: Math.round(delayMs / 1000), error });
      // A page that went silent is doubted at once.
      if (error instanceof EmptyPageError) return staleness.declare(provider, { at, reason });
      const from = staleFrom(failingSince, everySeconds, await networks.of());
      await deadlines.set(id, from);
      if (from <= now().getTime()) await staleness.report([provider]);
    },
  };
}

function answered(error: Error): Received | undefined {
  return error instanceof FetchError && error.status !== undefined
    ? { status: error.status, bytes: 0 }
    : undefined;
}

/** Whether the page answered, but not as its format does: it may have moved to another. */
export function isWrongShape(error: unknown): boolean {
  return error instanceof PayloadError || (error instanceof FetchError && error.reason === "gone");
}

// Nearly every poll of nearly every page finds it calm already: one write less.
function isTroubled({ failures, wrongShapes, notBefore }: Reading): boolean {
  return failures > 0 || wrongShapes > 0 || notBefore > 0;
}

function backoff(failures: number, everyMs: number): number {
  const delay = Math.min(everyMs * 2 ** Math.min(failures - 1, 20), longestBackoff);
  return delay * (0.8 + Math.random() * 0.4);
}

/** What nobody read between the last good poll and this one, be it that the page failed or that no worker ran. */
function gapBefore(at: string, { reading, everySeconds }: { reading: Reading; everySeconds: number }) {
  const last = reading.failingSince ?? reading.polledAt;
  if (last === undefined || Date.parse(at) - Date.parse(last) <= patienceMs(everySeconds)) return undefined;
  return { from: seconds(last), until: seconds(at) };
}

/** Why a page can't be relied on, in a few words for people. */
function reasonOf(error: Error): string {
  if (error instanceof EmptyPageError) return "answers, but lists no components any more";
  if (error instanceof CrashError) return "takes down the process that reads it";
  if (error instanceof FatalPageError) return "says what takes down the process that compares it";
  if (error instanceof PayloadError) return "wrong shape: the page no longer answers as its format does";
  if (error instanceof RetryLaterError) return "asked us to wait";
  if (!(error instanceof FetchError)) return error.message.slice(0, 200);
  return error.status === undefined
    ? error.reason.replaceAll("_", " ")
    : `${error.reason.replaceAll("_", " ")} (${error.status})`;
}
