import { type Edited, editConfigFile, type Environment, type Follower } from "@statuswire/config";
import { detect, type Attempt, type Detection } from "@statuswire/detection";
import { createOutbound } from "@statuswire/outbound";
import type { Tell } from "@statuswire/telemetry";

interface Dependencies {
  follower: Follower;
  env: Environment;
  tell: Tell;
}

/** What is to be watched: followed, and changed. */
export interface Wish extends Pick<Follower, "current" | "rejected"> {
  editConfig(edit: (text: string) => string): Promise<Edited>;
  /** Asks a page how it talks; only where the configuration lets requests go. Never rejects for what the page does. */
  lookAt(url: URL, onAttempt: (attempt: Attempt) => void): Promise<Detection>;
  /** Hears whenever another configuration is in force. */
  onChange(listener: () => void): void;
  stop(): void;
}

const everyMs = 2000;

/** Keeps up with statuswire.yaml, whoever changes it. */
export function keepUpWith({ follower, env, tell }: Dependencies): Wish {
  const listeners: (() => void)[] = [];
  let editing: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => void refresh(), everyMs);

  async function refresh(): Promise<void> {
    try {
      const changed = await follower.refresh();
      if (!changed) return;
      tell("config.loaded", { providers: changed.providers.length });
      for (const listener of listeners) listener();
    } catch (error) {
      tell("config.rejected", { error });
    }
  }

  return {
    current: follower.current,
    rejected: follower.rejected,
    // One after the other: each begins with what the one before has written.
    async editConfig(edit) {
      const edited = editing.then(() => editConfigFile(env, edit));
      editing = edited.catch(() => undefined);
      const result = await edited;
      await refresh();
      return result;
    },
    async lookAt(url, onAttempt) {
      const { allowPrivate } = follower.current().outbound;
      const outbound = createOutbound({ allowPrivate });
      try {
        return await detect(url, { fetchPage: (page) => outbound.fetchPage(page), onAttempt });
      } finally {
        outbound.close();
      }
    },
    onChange: (listener) => void listeners.push(listener),
    stop: () => clearInterval(timer),
  };
}
