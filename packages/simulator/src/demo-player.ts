import { script, type Cue } from "./demo-script.ts";
import type { Story } from "./demo-story.ts";
import { forgetEnded } from "./incidents.ts";
import type { Simulator } from "./simulator.ts";

/** A demo may run for days; pages keep so many of what is over. */
const kept = 20;

export interface DemoPlayer {
  /** Publishes what is due, at most one beat. Returns it, for those who watch. */
  tick(): Cue | undefined;
}

interface PlayOptions {
  simulator: Simulator;
  pageIds: readonly string[];
  now: () => Date;
  seed: number;
}

/**
 * Plays the demo's script on a simulator. It begins once every page has been read, because what a first look finds is a
 * baseline and not news. Gaps count from beat to beat, so a machine that slept goes on where it was.
 */
export function playDemo({ simulator, pageIds, now, seed }: PlayOptions): DemoPlayer {
  const cues = script(seed);
  const underWay = new Map<Story, string>();
  let next = cues.next().value;
  let previousAt: number | undefined;

  function publish({ story, beat }: Cue, at: Date): void {
    const isLast = beat === story.beats.at(-1);
    simulator.change(story.page, (before) => {
      const { page, id } = beat.publish(before, { at, id: underWay.get(story) });
      underWay.set(story, id);
      return isLast ? forgetEnded(page, kept) : page;
    });
    if (isLast) underWay.delete(story);
  }

  return {
    tick() {
      const at = now();
      if (previousAt === undefined && pageIds.every((id) => simulator.requests(id)["200"]))
        previousAt = at.getTime();
      if (previousAt === undefined || at.getTime() < previousAt + next.afterSeconds * 1000) return undefined;
      const cue = next;
      publish(cue, at);
      previousAt = at.getTime();
      next = cues.next().value;
      return cue;
    },
  };
}
