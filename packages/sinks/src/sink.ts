import type { Event } from "@statuswire/status";

/** A place that events go to. */
export interface Sink {
  /**
   * Resolves once the place has the event. May be asked twice for the same one, when we died in between.
   * Throws PermanentError when trying again can't help, RetryLaterError when asked to wait, anything else to be tried again.
   */
  deliver(event: Event): Promise<void>;
}
