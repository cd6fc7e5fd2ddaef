import type { Change, EventType } from "./event.ts";
import type { KnownIncident, KnownMaintenance } from "./known.ts";
import type { Incident, Maintenance, Snapshot } from "./snapshot.ts";

/** An incident or a maintenance: something with a course of its own, told in updates. */
export type Affair = KnownIncident | KnownMaintenance;

/** An affair as a page tells it. */
export type ToldAffair<A extends Affair> = A extends KnownIncident ? Incident : Maintenance;

/** What is peculiar to incidents, or to maintenances. All else about them is the same. */
export interface Kind<A extends Affair> {
  readonly updated: EventType;
  /** Those that a snapshot tells of. */
  told(snapshot: Snapshot): readonly ToldAffair<A>[];
  /** Whether the snapshot lists all that are open. */
  covered(snapshot: Snapshot): boolean;
  /** An affair as told, with the memory that begins now. */
  remember(told: ToldAffair<A>, at: string): A;
  isOver(affair: Pick<A, "status">): boolean;
  /** A word that an update carries, as one of our states, if it is one. */
  statusOf(word: string): A["status"] | undefined;
  /** What the first sight of one is: one change, or two when it is already over. */
  opening(affair: A): EventType[];
  /** What it is called when the state moves. */
  step(from: A["status"], to: A["status"]): EventType;
  /** The end that we infer when the page has stopped listing it. */
  conclude(affair: A, at: string): A;
  /** When what is over ended, as far as we know; when it was last spoken of, where we do not. */
  endedAt(affair: A): string;
  /** The affair in the place that events have for its kind. */
  inEvent(affair: A): Pick<Change, "incident" | "maintenance">;
}

/** An affair as it stands after it was heard of, and the changes that this made, oldest first. */
export interface Heard<A extends Affair> {
  affair: A;
  changes: Change[];
}

/** Whether nothing was said of its state, which is then as it was. A word that we don't know is said. */
export function isSilent({ status, rawStatus }: Pick<Incident | Maintenance, "status" | "rawStatus">): boolean {
  return status === "unknown" && !rawStatus;
}

/** As many absences in a row as make an end. */
export const inferredEnd = 2;
