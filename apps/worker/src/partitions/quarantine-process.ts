import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Lease, Suspect } from "@statuswire/queues";
import { RetryLaterError } from "@statuswire/status";
import type { Tell } from "@statuswire/telemetry";
import pLimit from "p-limit";
import type { Counted } from "../counted.ts";
import { type Answer, FromChild, type Progress, type Question } from "./quarantine-messages.ts";

interface Dependencies {
  env: NodeJS.ProcessEnv;
  /** Takes what the process has counted. */
  counted(counted: Counted): void;
  tell: Tell;
}

/** A process beside the worker in which jobs are done that another process did not survive. */
export interface QuarantineProcess {
  /** Does a job's work there, under a lease. Rejects with ProcessDiedError when the process ends over it. */
  perform(suspect: Suspect, lease: Lease | undefined): Promise<Answer>;
  stop(): Promise<void>;
}

/** The process ended before it had done a job. */
export class ProcessDiedError extends Error {
  override readonly name = "ProcessDiedError";
  /** How far a batch had come; undefined when it had not begun. */
  readonly progress: Progress | undefined;

  constructor(progress?: Progress) {
    super("The quarantine's process ended over a job.");
    this.progress = progress;
  }
}

const script = fileURLToPath(new URL("../../dist/quarantine-main.js", import.meta.url));

/** In MB: what eats memory is to end before the machine's is gone. */
const memory = 512;

const againMs = 1_000;

/** A process that has had nothing to do for so long is ended. */
const idleMs = 15_000;

/** Starts the process when there is a job for it; jobs are done one at a time, so that it is known which one a process died of. */
export function createQuarantineProcess({ env, counted, tell }: Dependencies): QuarantineProcess {
  const oneAtATime = pLimit(1);
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let isStopping = false;
  let number = 0;
  const ready = new WeakMap<ChildProcess, Promise<void>>();

  async function perform(suspect: Suspect, lease: Lease | undefined): Promise<Answer> {
    if (isStopping) throw notNow("The worker is stopping.");
    clearTimeout(idle);
    const asked = (child ??= start());
    try {
      await ready.get(asked);
      return await ask(asked, { number: ++number, suspect, ...(lease && { lease }) });
    } finally {
      idle = setTimeout(() => child?.kill("SIGTERM"), idleMs).unref();
    }
  }

  function ask(asked: ChildProcess, question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (asked.exitCode !== null || asked.signalCode !== null) {
        reject(notNow("The quarantine's process has just ended."));
        return;
      }
      let progress: Progress | undefined;
      const heard = (message: unknown) => {
        const { data } = FromChild.safeParse(message);
        if (!data || !("number" in data) || data.number !== question.number) return;
        if ("began" in data) progress = data;
        else end(() => resolve(data));
      };
      // One that is told to stop, with its worker, has not died of its job.
      const died = () =>
        end(() => reject(isStopping ? notNow("The worker is stopping.") : new ProcessDiedError(progress)));
      const end = (settle: () => void) => {
        asked.off("message", heard);
        asked.off("close", died);
        settle();
      };
      asked.on("message", heard);
      // Not at its exit: what it said last may not have been read then.
      asked.once("close", died);
      asked.send(question, () => undefined);
    });
  }

  function start(): ChildProcess {
    const started = fork(script, [], { env, execArgv: [`--max-old-space-size=${memory}`], stdio: "inherit" });
    ready.set(started, untilReady(started));
    started.on("message", (message) => {
      const { data } = FromChild.safeParse(message);
      if (data && "counted" in data) counted(data.counted);
    });
    started.once("error", (error) => tell("quarantine.ended", { error }));
    started.once("exit", (code, signal) => {
      if (child === started) child = undefined;
      if (isStopping || code === 0) return;
      tell("quarantine.ended", { code: code ?? undefined, signal: signal ?? undefined });
    });
    return started;
  }

  return {
    perform: (suspect, lease) => oneAtATime(() => perform(suspect, lease)),
    async stop() {
      isStopping = true;
      clearTimeout(idle);
      if (child?.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** What is no fault of the job, and costs it no attempt. */
function notNow(message: string): RetryLaterError {
  return new RetryLaterError(message, { delayMs: againMs });
}

/** Resolves with the first that it says; rejects when it ends before, which is no job's fault. */
async function untilReady(child: ChildProcess): Promise<void> {
  const ended = new AbortController();
  const early = once(child, "exit", { signal: ended.signal }).then(() => {
    throw notNow("The quarantine's process could not be started.");
  });
  early.catch(() => undefined);
  try {
    await Promise.race([once(child, "message", { signal: ended.signal }), early]);
  } finally {
    ended.abort();
  }
}
