import { GoneError } from "@statuswire/sinks";
import { asError, consoleName, type Event, PermanentError, RetryLaterError } from "@statuswire/status";
import { type Health, type Healths, sinkStateOf } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { createSendOff, Sent } from "./send-off.ts";
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

/** Keeps account of how sinks fare. Those at which nothing arrives, and those that are given up, are told of through the others. */
export function createDisabling({ healths, sinks, sendOff, now, tell }: Dependencies) {
  return {
    succeeded: (sink: string) => healths.succeeded(sink),
    async failed(sink: string, event: Event, error: unknown): Promise<void> {
      // Being asked to wait is no failure.
      if (error instanceof RetryLaterError) return;
      const health = await note(sink, error);
      const reason = reasonToDisable(health, error);
      if (reason === undefined) return alarm(sink, { event, health });
      const seq = await healths.condemn(sink, { reason, seq: event.seq });
      // Told before it is done: to die in between tells it again, under the same ids.
      await announce({ event: { ...event, seq }, as: "disabled", about: sink });
      if (await healths.disable(sink, now().getTime())) tell("sink.disabled", { sink, reason });
    },
    isDisabled: async (sink: string) => (await healths.of(sink)).disabledAt !== undefined,
  };

  async function note(sink: string, error: unknown): Promise<Health> {
    const { message } = asError(error);
    if (error instanceof PermanentError) return healths.refused(sink, now().getTime(), message);
    return healths.failed(sink, now().getTime(), message);
  }

  function reasonToDisable({ failures, failingSince }: Health, error: unknown): string | undefined {
    if (error instanceof GoneError) return "it says that it is gone for good";
    // A refusal is an answer: the next event may be taken.
    if (error instanceof PermanentError || failingSince === undefined) return undefined;
    const isHopeless = failures >= hopeless.failures && now().getTime() - failingSince >= hopeless.afterMs;
    return isHopeless ? "it has failed for five days" : undefined;
  }

  /** Tells the others that nothing arrives at a sink: once a day, and again after a crash in between, under the same ids. */
  async function alarm(about: string, { event, health }: { event: Event; health: Health }): Promise<void> {
    if (about === consoleName || sinkStateOf(health) !== "failing") return;
    const seq = await healths.alarm(about, event.seq);
    if (health.toldAt === seq) return;
    const { error: reason = "" } = health;
    await announce({ event: { ...event, seq }, as: "failing", about, reason });
    await healths.alarmed(about, seq);
    tell("sink.failing", { sink: about, reason });
  }

  /** People are told, on the console too; where nobody else is there, whoever is. */
  async function announce({ about, ...how }: Omit<Sent, "sink"> & { about: string }): Promise<void> {
    const others = sinks.destinations().filter(({ name }) => name !== about);
    const people = others.filter(({ audience, name }) => audience === "people" || name === consoleName);
    const heard = people.some(({ audience }) => audience === "people") ? people : others;
    await sendOff(heard.map(({ name }) => ({ ...how, sink: name, about })));
  }
}
