import type { Severity } from "./severity.ts";
import type { Window } from "./window.ts";

/** What the configuration and the queue call the sink that is always there. */
export const consoleName = "console";

/** What explanations call what holds without rules, and for the console unless a rule names it. */
export const usualRule = "the usual";

/** What an event must be for a rule to be about it. All that is given must agree; of several globs, one must. */
export interface Match {
  /** Globs for the provider's id and name. */
  provider?: readonly string[];
  /** Globs for the id and name of a component that it concerns. */
  component?: readonly string[];
  /** Globs for the group of one. */
  group?: readonly string[];
  /** Globs for whole words in the id, name or group of one. */
  region?: readonly string[];
  /** Types, or their first words: `incident`. */
  type?: readonly string[];
  /** At least so bad. The end of what a sink was told of is told it in any case. */
  severity?: Severity;
  /** The provider's tags. */
  tag?: readonly string[];
  /** What the first look at a page finds, and nothing else. */
  initial?: boolean;
}

/** What goes where. Rules are read from the top; the first that is about an event has it, unless it says to go on. */
export interface Rule {
  /** What explanations call it. */
  name: string;
  match: Match;
  /** Sinks. None: what it is about goes nowhere. */
  to: readonly string[];
  continue: boolean;
  /** When it tells nothing. */
  mute: readonly Window[];
  /** When it keeps what it has to tell for one message at the end. */
  quiet: readonly Window[];
  /** It tells only what still holds after so long, in ms. */
  delayMs?: number;
  /** How many events an hour it tells one sink; the others in one message when the hour is over. */
  perHour?: number;
  /** Whom else it tells of what still holds after so long, in ms. */
  escalate?: { afterMs: number; to: readonly string[] };
}

/** Which noise is kept from people. */
export interface Noise {
  /** Component changes that an incident or a maintenance explains are not told. */
  explained: boolean;
  /** A component that changes more often than so within so long, in ms, is told of as unstable, and again when it has settled. */
  flapping: { changes: number; withinMs: number } | undefined;
  /** From so many providers on that are in trouble within a minute, they are told in one message. */
  together: { providers: number } | undefined;
}

/**
 * Who reads a sink. People are spared noise. A pager is, too, but gets each alert by itself, since it groups them. A program
 * gets every event.
 */
export type Audience = "people" | "pager" | "program";

/** A sink that events may go to. */
export interface Destination {
  name: string;
  audience: Audience;
}

/** All that decides where events go. */
export interface Routing {
  /** None given: everything goes everywhere. */
  rules: readonly Rule[] | undefined;
  noise: Noise;
  /** The console among them. */
  sinks: readonly Destination[];
}
