import { isDone, isOver } from "./snapshot.ts";
import type { KnownIncident, KnownMaintenance } from "./known.ts";
import { inferredEnd } from "./kind.ts";
import { incidentStatusIn, maintenanceStatusIn } from "./words.ts";

/** A stretch of time in epoch seconds; without an end it still lasts. */
export interface Stretch {
  from: number;
  until?: number | undefined;
}

/** A time of the words as epoch seconds. */
export function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

interface Course {
  /** When it began, as far as that is said apart from its moves. */
  began: string | undefined;
  /** Its steps into trouble and out of it, oldest first. */
  moves: { at: string; isOn: boolean }[];
  isOn: boolean;
  /** When the state that it is in was told, or, if it is over, when it ended. */
  stateAt: string;
}

/** When an incident was open: more than one stretch if it was reopened. The vendor's newest word counts for all of it. */
export function stretchesOfIncident(incident: KnownIncident): Stretch[] {
  const { startedAt, resolvedAt, updates, updatedAt, status } = incident;
  const moves = updates.flatMap(({ status: word, at }) => {
    const said = incidentStatusIn(word);
    return said === undefined ? [] : [{ at, isOn: !isOver({ status: said }) }];
  });
  const began = startedAt ?? updates[0]?.at ?? updatedAt;
  return stretchesOf({ began, moves, isOn: !isOver({ status }), stateAt: resolvedAt ?? updatedAt });
}

/** When a maintenance was under way; what is only announced is not. An end that we inferred is the announced one. */
export function stretchesOfMaintenance(maintenance: KnownMaintenance, at: string): Stretch[] {
  const { scheduledFor, scheduledUntil, updates, updatedAt, status, absent } = maintenance;
  const moves = updates.flatMap(({ status: word, at: saidAt }) => {
    const said = maintenanceStatusIn(word);
    return said === undefined || said === "scheduled" ? [] : [{ at: saidAt, isOn: !isDone({ status: said }) }];
  });
  const isOn = isUnderWay(maintenance);
  const wasOn = isOn || status === "completed";
  const began = wasOn && !moves.some((move) => move.isOn) ? (scheduledFor ?? updatedAt) : undefined;
  const inferred = absent === inferredEnd ? (scheduledUntil ?? at) : undefined;
  return stretchesOf({ began, moves, isOn, stateAt: inferred ?? updatedAt });
}

/** Whether a maintenance has begun and not ended. */
export function isUnderWay({ status }: Pick<KnownMaintenance, "status">): boolean {
  return status === "in_progress" || status === "verifying";
}

function stretchesOf({ began, moves, isOn, stateAt }: Course): Stretch[] {
  const stretches: Stretch[] = [];
  let from = began;
  const close = (until: string) => {
    if (from !== undefined && until > from) stretches.push({ from: seconds(from), until: seconds(until) });
    from = undefined;
  };
  for (const move of moves) {
    if (move.isOn) from ??= move.at;
    else if (from !== undefined && move.at > from) close(move.at);
  }
  if (isOn) return [...stretches, { from: seconds(from ?? stateAt) }];
  if (from !== undefined) close(stateAt);
  return endingAt(stretches, seconds(stateAt));
}

// The vendor's own time of the end is better than that of the words about it.
function endingAt(stretches: Stretch[], end: number): Stretch[] {
  const last = stretches.at(-1);
  return last && end > last.from ? [...stretches.slice(0, -1), { ...last, until: end }] : stretches;
}
