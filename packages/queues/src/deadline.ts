import { setImmediate } from "node:timers/promises";

/** What Redis has not answered in time. It may have done it all the same. */
class TooLateError extends Error {
  override readonly name = "TooLateError";
}

/**
 * The outcome of `work`, or TooLateError after `ms`. Judged fairly: timers come before sockets in Node's loop, so a busy process
 * sees its timer before the answer that has long arrived; one more turn of the loop reads it.
 */
export async function within<Outcome>(ms: number, work: Promise<Outcome>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      void setImmediate()
        .then(() => setImmediate())
        .then(() => reject(new TooLateError(`No answer within ${ms} ms.`)));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // What comes too late has nobody to hear it.
    late.catch(() => undefined);
    work.catch(() => undefined);
  }
}
