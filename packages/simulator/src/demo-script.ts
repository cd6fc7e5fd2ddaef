import { later, opening } from "./demo-stories.ts";
import type { Beat, Story } from "./demo-story.ts";

/** One beat of a story, and how long after the cue before it. */
export interface Cue {
  afterSeconds: number;
  story: Story;
  beat: Beat;
}

/** Seconds of calm between two stories, once the first minute is over. */
const calm = { least: 75, most: 120 };

/** Everything that happens, without end: the opening stories side by side, then one at a time. The same seed, the same play. */
export function* script(seed: number): Generator<Cue, never> {
  yield* sideBySide(opening);
  const random = randomFrom(seed);
  for (let last: Story | undefined; ;) {
    const others = later.filter((story) => story !== last);
    const story: Story | undefined = others[Math.floor(random() * others.length)];
    if (!story) throw new Error("The demo has no stories to go on with.");
    const pause = calm.least + Math.floor(random() * (calm.most - calm.least));
    for (const [index, beat] of story.beats.entries()) {
      yield { afterSeconds: beat.after + (index === 0 ? pause : 0), story, beat };
    }
    last = story;
  }
}

function sideBySide(stories: readonly Story[]): Cue[] {
  const timed = stories.flatMap(withTimes).sort((a, b) => a.at - b.at);
  return timed.map(({ at, story, beat }, index) => ({
    afterSeconds: at - (timed[index - 1]?.at ?? 0),
    story,
    beat,
  }));
}

function withTimes(story: Story): { at: number; story: Story; beat: Beat }[] {
  let at = 0;
  return story.beats.map((beat: Beat) => ({ at: (at += beat.after), story, beat }));
}

/** Mulberry32: numbers in [0, 1), the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
