import { FetchError } from "./errors.ts";
import { breakdown } from "./failures.ts";

export interface Terms {
  /** What a message may call the other side. */
  place: string;
  timeoutMs: number;
  /** The caller's own. When it aborts, its reason is what is thrown. */
  signal: AbortSignal | undefined;
}

/** A timer that is later than this tells of a process that was paused. */
const lateMs = 1000;

/** Runs work under one deadline, however many requests it takes, and tells its failures in our words. */
export async function attempt<T>(terms: Terms, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { place, timeoutMs, signal } = terms;
  signal?.throwIfAborted();
  const stop = new AbortController();
  const abort = () => stop.abort();
  const startedAt = performance.now();
  let timer = setTimeout(expire, timeoutMs);
  // After a pause of this process the answer may be here already, unread: timers run before what has come in is read.
  function expire(): void {
    if (performance.now() - startedAt < timeoutMs + lateMs) abort();
    else timer = setTimeout(abort, lateMs);
  }
  signal?.addEventListener("abort", abort);
  try {
    return await work(stop.signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw stop.signal.aborted ? tooSlow(place, timeoutMs) : breakdown(place, error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

function tooSlow(place: string, timeoutMs: number): FetchError {
  return new FetchError(`${place} is not done after ${timeoutMs / 1000} s.`, { reason: "timeout" });
}
