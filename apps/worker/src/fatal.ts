import { type DeadLetter, type Observation, Suspect } from "@statuswire/queues";
import { PermanentError } from "@statuswire/status";
import type { Reading, Readings } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";

interface Dependencies {
  readings: Readings;
  now(): Date;
  tell: Tell;
}

/** A page that can be read, and says what no process survives that compares it with what was known. */
export class FatalPageError extends PermanentError {
  override readonly name = "FatalPageError";

  constructor() {
    super(
      "No process survives what the page says; it is looked at again once it says something else, or after six hours.",
    );
  }
}

const minute = 60_000;
/** As long as it takes to start it in quarantine, twice, and to bury it. */
const suspectedMs = 2 * minute;
const condemnedMs = 360 * minute;

/** Keeps what a page says from being observed again and again where it takes a process down each time. */
export function createFatal({ readings, now, tell }: Dependencies) {
  function until(ms: number): number {
    return now().getTime() + ms;
  }

  return {
    /** What goes into quarantine is not observed beside that as well. */
    async suspect(suspect: Suspect): Promise<void> {
      for (const { provider, reading } of polledIn(suspect)) {
        await readings.note(provider, {
          fatal: reading.hash,
          fatalUntil: until(suspectedMs),
          condemned: undefined,
        });
      }
    },

    /** What was buried because no process survived it fails its page's polls, until it says something else. */
    async condemn({ error, data }: DeadLetter): Promise<void> {
      const suspect = Suspect.safeParse(data);
      if (error !== "StalledError" || !suspect.success) return;
      for (const { provider, reading } of polledIn(suspect.data)) {
        await readings.note(provider, { fatal: reading.hash, fatalUntil: until(condemnedMs), condemned: "yes" });
        tell("page.fatal", { provider });
      }
    },
  };
}

type Polled = Observation & { reading: NonNullable<Observation["reading"]> };

function polledIn(suspect: Suspect): Polled[] {
  if (!("observations" in suspect)) return [];
  return suspect.observations.filter((observation): observation is Polled => observation.reading !== undefined);
}

/** What is held against what a page says now. */
export function verdictOn(
  { fatal, fatalUntil, condemned }: Pick<Reading, "fatal" | "fatalUntil" | "condemned">,
  { hash, at }: { hash: string; at: Date },
): "suspected" | "condemned" | undefined {
  if (hash !== fatal || at.getTime() >= fatalUntil) return undefined;
  return condemned ? "condemned" : "suspected";
}
