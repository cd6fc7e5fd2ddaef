/** Members whose turn comes once in every round. */
export interface Rounds<Member> {
  join(member: Member): void;
  leave(member: Member): void;
}

interface Options<Member> {
  roundMs: number;
  turn(member: Member): void;
}

const ticksPerRound = 100;

/** One timer for all members, whose turns lie as far apart as they joined; none when there is nobody. */
export function goRound<Member>({ roundMs, turn }: Options<Member>): Rounds<Member> {
  // In the order in which they are due, because each waits as long as all others.
  const dueAt = new Map<Member, number>();
  let timer: NodeJS.Timeout | undefined;

  function tick(): void {
    const now = performance.now();
    for (const [member, at] of dueAt) {
      if (at > now) return;
      dueAt.delete(member);
      dueAt.set(member, now + roundMs);
      turn(member);
    }
  }

  return {
    join(member) {
      dueAt.set(member, performance.now() + roundMs);
      timer ??= setInterval(tick, roundMs / ticksPerRound);
    },
    leave(member) {
      dueAt.delete(member);
      if (dueAt.size) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}
