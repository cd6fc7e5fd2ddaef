export interface Turns {
  /** Takes a step per turn of the event loop until one answers something. */
  take<Answer>(step: () => Answer | undefined): Promise<Answer>;
}

/** Long work in short steps, one per turn of the event loop, however much of it waits: requests that need none pass between two steps. */
export function createTurns(): Turns {
  const waiting: (() => boolean)[] = [];

  function turn(): void {
    if (waiting[0]?.()) waiting.shift();
    if (waiting.length) setImmediate(turn);
  }

  return {
    take: (step) =>
      new Promise((resolve) => {
        waiting.push(() => {
          const answer = step();
          if (answer !== undefined) resolve(answer);
          return answer !== undefined;
        });
        if (waiting.length === 1) setImmediate(turn);
      }),
  };
}
