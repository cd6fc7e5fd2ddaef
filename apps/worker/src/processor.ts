import { jobVersion, unpacked } from "@statuswire/queues";
import { asError, LeaseLostError, NewerVersionError, PermanentError, RetryLaterError } from "@statuswire/status";
import type { Tell } from "@statuswire/telemetry";
import { DelayedError, type Job, UnrecoverableError, WaitingError } from "bullmq";
import { z } from "zod";

/** What has become of a job so far. */
export interface Tries {
  /** How many processes have died, or hung, with it in hand. */
  stalls: number;
  /** How often it is tried again if it fails now. */
  left: number;
  /** What was noted at the job meanwhile, by BullMQ's `updateProgress`. */
  progress?: unknown;
}

interface Work<Data, Result> {
  data: z.ZodType<Data>;
  perform(data: Data, tries: Tries): Promise<Result>;
  /** Takes what a process did not survive, so that it is not performed here again; undefined where it is to be. */
  isolate: ((data: Data) => Promise<void>) | undefined;
  /** The lease under which jobs are done has turned out to be lost: no further job is to be taken. */
  lost?(): void;
  tell: Tell;
}

/** A job whose data is not what its queue carries: written by another version, or by hand. */
class JobDataError extends PermanentError {
  override readonly name = "JobDataError";
}

/** Gives a plain async function the queue's manners: checked data, another try, waiting, giving up. */
export function createProcessor<Data, Result>({ data, perform, isolate, lost, tell }: Work<Data, Result>) {
  const schema = z.compile(data);
  return async function process(job: Job, token?: string): Promise<Result | "isolated"> {
    try {
      const work = parse(schema, job);
      if (isolate && job.stalledCounter > 0) {
        await isolate(work);
        tell("job.isolated", { queue: job.queueName, job: job.id });
        return "isolated";
      }
      return await perform(work, {
        stalls: job.stalledCounter,
        left: (job.opts.attempts ?? 1) - job.attemptsMade - 1,
        progress: job.progress,
      });
    } catch (cause) {
      const error = asError(cause);
      if (error instanceof RetryLaterError) return wait(job, error, token);
      if (error instanceof LeaseLostError) return leave(job, { token, lost });
      throw failureOf(job, error, tell);
    }
  };
}

const Newer = z.object({ v: z.int().gt(jobVersion) });

function parse<Data>(schema: z.ZodType<Data>, job: Job): Data {
  const carried = unpacked(job.data);
  const parsed = schema.safeParse(carried);
  if (parsed.success) return parsed.data;
  // Asked of what does not fit only: what fits says that it is of our version, and each refusal costs an error.
  if (Newer.safeParse(carried).success) throw new NewerVersionError("The job");
  throw new JobDataError(`The job carries data that it should not: ${z.prettifyError(parsed.error)}`);
}

// No attempt is spent on being asked to wait.
async function wait(job: Job, { delayMs }: RetryLaterError, token: string | undefined): Promise<never> {
  await job.moveToDelayed(Date.now() + delayMs, token);
  throw new DelayedError();
}

// To whoever has the lease now, at the head of the queue. It may have been taken over already.
async function leave(
  job: Job,
  { token, lost }: { token: string | undefined; lost: (() => void) | undefined },
): Promise<never> {
  lost?.();
  await job.moveToWait(token).catch(() => undefined);
  throw new WaitingError();
}

/** BullMQ keeps only the message: the name of the error goes into it, for whoever reads the dead letter. */
function failureOf(job: Job, error: Error, tell: Tell): Error {
  const message = `${error.name}: ${error.message}`;
  if (error instanceof PermanentError) return new UnrecoverableError(message);
  const attempt = job.attemptsMade + 1;
  if (attempt < (job.opts.attempts ?? 1))
    tell("job.retried", { queue: job.queueName, job: job.id, attempt, error });
  return new Error(message, { cause: error });
}
