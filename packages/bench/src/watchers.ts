import type { Lags } from "./hearing.ts";
import type { Question } from "./processes/watchers.ts";
import { ownProgram } from "./program.ts";
import type { Stage } from "./stage.ts";

/** Watchers of a live stream, in a process of their own. */
export interface Watchers {
  /** Opens streams until there are so many; how many there are then. */
  hold(count: number): Promise<number>;
  /** Forgets what they have heard. */
  forget(): Promise<void>;
  /** How many messages they have heard since, all together. */
  messages(): Promise<number>;
  /** How late those came. */
  lags(): Promise<Lags>;
}

/** @param url where the stream is. */
export async function sendWatchers(stage: Stage, url: string): Promise<Watchers> {
  const { ask } = await stage.run({ script: ownProgram("watchers"), args: [url] });
  const put = (question: Question) => ask(question);
  return {
    hold: async (count) => (await put({ hold: count })) as number,
    forget: async () => {
      await put({ forget: true });
    },
    messages: async () => (await put({ messages: true })) as number,
    lags: async () => (await put({ lags: true })) as Lags,
  };
}
