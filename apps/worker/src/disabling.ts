import { GoneError } from "@statuswire/sinks";
import { consoleName, type Event, PermanentError, RetryLaterError } from "@statuswire/status";
import type { Healths } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { createSendOff } from "./send-off.ts";
import type { Sinks } from "./sinks.ts";

interface Dependencies {
  healths: Healths;
  sinks: Pick<Sinks, "destinations">;
  sendOff: ReturnType<typeof createSendOff>;
  now(): Date;
  tell: Tell;
}

const day = 24 * 60 * 60 * 1000;
/** A sink that has failed for so long, so many times in a row, is given up. */
const hopeless = { afterMs: 5 * day, failures: 10 };

/** Keeps account of how sinks fare, and gives up those that are beyond hope: loudly, through the others. */
export function createDisabling({ healths, sinks, sendOff, now, tell }: Dependencies) {
  return {
    succeeded: (sink: string) => healths.succeeded(sink),
    async failed(sink: string, event: Event, error: unknown): Promise<void> {
      const reason = await reasonToDisable(sink, error);
      if (reason === undefined) return;
      const seq = await healths.condemn(sink, { reason, seq: event.seq });
      // Told before it is done: to die in between tells it again, under the same ids.
      await announce(sink, { ...event, seq });
      if (await healths.disable(sink, now().getTime())) tell("sink.disabled", { sink, reason });
    },
    isDisabled: async (sink: string) => (await healths.of(sink)).disabledAt !== undefined,
  };

  async function reasonToDisable(sink: string, error: unknown): Promise<string | undefined> {
    if (error instanceof GoneError) return "it says that it is gone for good";
    // Being refused, or asked to wait, is an answer.
    if (error instanceof PermanentError || error instanceof RetryLaterError) return undefined;
    const { failures, failingSince = Number.POSITIVE_INFINITY } = await healths.failed(sink, now().getTime());
    const isHopeless = failures >= hopeless.failures && now().getTime() - failingSince >= hopeless.afterMs;
    return isHopeless ? "it has failed for five days" : undefined;
  }

  /** People are told, on the console too; where nobody else is there, whoever is. */
  async function announce(about: string, event: Event): Promise<void> {
    const others = sinks.destinations().filter(({ name }) => name !== about);
    const people = others.filter(({ audience, name }) => audience === "people" || name === consoleName);
    const heard = people.some(({ audience }) => audience === "people") ? people : others;
    await sendOff(heard.map(({ name }) => ({ event, sink: name, as: "disabled" as const, about })));
  }
}
