import { writeSync } from "node:fs";
import { Writable } from "node:stream";
import { workerData } from "node:worker_threads";
import type { Watch } from "./watchdog.ts";

// Ours, from the one place that starts us.
const { service, beats, limitSeconds } = workerData as Watch;
const stderr = 2;
const count = new Int32Array(beats);
let seen = -1;
let stillFor = 0;

// Seconds are counted, not measured: a process that was stopped as a whole, or slept with its machine, did not hang.
const timer = setInterval(() => {
  const now = Atomics.load(count, 0);
  stillFor = now === seen ? stillFor + 1 : 0;
  seen = now;
  if (stillFor < limitSeconds) return;
  clearInterval(timer);
  void end();
}, 1000);

async function end(): Promise<void> {
  const { createJournal } = await import("@statuswire/telemetry");
  // A thread's own stderr goes through the loop that stands still.
  const stream = new Writable({
    write(line: Buffer, _encoding, done) {
      writeSync(stderr, line);
      done();
    },
  });
  createJournal({ service, stream })("process.hung", { limitSeconds });
  setTimeout(() => process.kill(process.pid, "SIGKILL"), 100);
}
