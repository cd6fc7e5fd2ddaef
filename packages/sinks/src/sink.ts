import type { Outbound } from "@statuswire/outbound";
import type { Audience, Event } from "@statuswire/status";
import type { z } from "zod";
import type { Memory } from "./memory.ts";

/** A place that events go to. */
export interface Sink {
  /**
   * Resolves once the place has the event. May be asked twice for the same one, when we died in between.
   * Throws PermanentError when trying again can't help (GoneError: nor with any other event), RetryLaterError when
   * asked to wait, anything else to be tried again.
   */
  deliver(event: Event): Promise<void>;
  /** The same, where it takes no time and nobody else, our own output: undefined when it is done at once, as it nearly always is. */
  print?(event: Event): Promise<void> | undefined;
  /** What it would hand over, as text, sending nothing; for those that neither post nor write. */
  preview?(event: Event): string;
  /** Ends what the sink keeps open. */
  close?(): Promise<void>;
}

/** Writes to standard output. Undefined when the system has the text at once, or a promise of that. */
export type Write = (text: string) => Promise<void> | undefined;

/** What a sink may use of the world. */
export interface Dependencies {
  /** What the configuration calls the sink: the same name remembers the same messages. */
  name: string;
  post: Outbound["post"];
  now(): Date;
  write: Write;
  memory: Memory;
  /** The URL of the dashboard's page about an event. Undefined while nobody has said where people open the dashboard. */
  pageOf?(event: Event): string | undefined;
}

/** How long it is worth trying to tell a place what it has not taken. */
export type Patience = "minutes" | "hours" | "day";

const usualPatience: Readonly<Record<Audience, Patience>> = { people: "minutes", pager: "hours", program: "day" };

/** How long it is worth trying to tell a place of a kind. */
export function patienceOf({ audience, patience }: Pick<Kind, "audience" | "patience">): Patience {
  return patience ?? usualPatience[audience];
}

/** One way to tell the world. A kind is code; a sink of that kind is options. */
export interface Kind<Options extends z.ZodType = z.ZodType> {
  readonly kind: string;
  /** Who reads what is told there. */
  readonly audience: Audience;
  /** How long it is worth trying to tell it; unless said, as its audience needs. */
  readonly patience?: Patience;
  /** What the configuration may say. Secrets leave it as Secret. */
  readonly options: Options;
  /** Opens nothing: what a sink needs is opened by its first delivery. */
  create(options: z.output<Options>, dependencies: Dependencies): Sink;
}

/** Its argument, with the type of the options known inside `create`. */
export function defineKind<Options extends z.ZodType>(kind: Kind<Options>): Kind<Options> {
  return kind;
}
