import { tellTrouble } from "@statuswire/service";
import type { Tell } from "@statuswire/telemetry";

interface Chore {
  name: string;
  everyMs: number;
  perform(): Promise<void>;
}

export interface Chores {
  /** Has a chore done soon, because there is reason to. Many nudges are one. */
  nudge(name: string): void;
  /** Starts none, resolves once none runs. */
  stop(): Promise<void>;
}

const nudgeMs = 50;

/** Work that recurs in every worker: each chore when it is due, never twice at once, and a failure only until next time. */
export function startChores(chores: readonly Chore[], tell: Tell): Chores {
  const timers = new Map<string, NodeJS.Timeout>();
  const running = new Map<string, Promise<void>>();
  const nudged = new Set<string>();
  let isStopping = false;

  function plan(chore: Chore, delayMs: number): void {
    clearTimeout(timers.get(chore.name));
    if (!isStopping)
      timers.set(
        chore.name,
        setTimeout(() => void run(chore), delayMs),
      );
  }

  async function run(chore: Chore): Promise<void> {
    const done = chore.perform().catch((error: unknown) => tellTrouble(tell, { chore: chore.name, error }));
    running.set(chore.name, done);
    await done;
    running.delete(chore.name);
    plan(chore, nudged.delete(chore.name) ? nudgeMs : chore.everyMs);
  }

  for (const chore of chores) plan(chore, 0);
  return {
    nudge(name) {
      const chore = chores.find((candidate) => candidate.name === name);
      // One that is running may have looked already; it is due again right after.
      if (running.has(name)) nudged.add(name);
      else if (chore) plan(chore, nudgeMs);
    },
    async stop() {
      isStopping = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
