import { Worker } from "node:worker_threads";

/** What the thread that watches is told. */
export interface Watch {
  service: string;
  /** Counts up as long as the event loop turns. */
  beats: SharedArrayBuffer;
  limitSeconds: number;
}

const everyMs = 250;

/**
 * Ends this process, with a line in the log, once its event loop has stood still for so many seconds: a loop without end can't be
 * left from within, and whoever restarts us does not see it. 0 watches nothing.
 */
export function startWatchdog(service: string, limitSeconds: number): void {
  if (limitSeconds <= 0) return;
  const beats = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const count = new Int32Array(beats);
  setInterval(() => Atomics.add(count, 0, 1), everyMs).unref();
  const workerData: Watch = { service, beats, limitSeconds };
  new Worker(new URL("./watchdog-thread.js", import.meta.url), { workerData, execArgv: [] }).unref();
}
