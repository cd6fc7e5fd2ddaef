import type { Fields, Tell } from "@statuswire/telemetry";

/** A queue or a worker of BullMQ. */
interface Reporter {
  name: string;
  on(event: "error", listener: (error: Error) => void): unknown;
}

/** What Redis says when it cannot work at present, and would say a thousand times a second if asked; BullMQ may say it again. */
const refusals =
  /(?:^|: )(?:OOM|READONLY|MISCONF|LOADING|NOAUTH|NOPERM|NOREPLICAS|CLUSTERDOWN|MASTERDOWN|MOVED|ASK|TRYAGAIN|BUSY)\b/;

/** Whether Redis refuses to work at present. */
export function isRefusal({ message }: Error): boolean {
  return refusals.test(message);
}

/** Hears what queues and workers report, which would otherwise end the process. What their connections report is Redis' absence. */
export function watchQueues(reporters: Iterable<Reporter>, tell: Tell): void {
  for (const reporter of reporters) {
    reporter.on("error", (error) => {
      if (isOfConnection(error)) tell("redis.lost", { error });
      else tellTrouble(tell, { queue: reporter.name, error });
    });
  }
}

// As Node gives them to its own; BullMQ numbers some of its errors.
function isOfConnection(error: Error): boolean {
  return "code" in error && typeof error.code === "string";
}

/** Tells of an error in what is asked of Redis: what Redis refuses is one thing, whoever it is refused to. */
export function tellTrouble(tell: Tell, { error, ...where }: Fields & { error: unknown }): void {
  const isRefused = error instanceof Error && (error.name === "ReplyError" || isRefusal(error));
  if (isRefused) tell("redis.refused", { ...where, error });
  else tell("queue.troubled", { ...where, error });
}
