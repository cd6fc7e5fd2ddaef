import type { Page } from "@statuswire/simulator";
import type { Event, Known } from "@statuswire/status";
import type { Receipts } from "./sink.ts";

/** All that is left when it is quiet again. */
export interface Evidence {
  /** The truth: what each provider's vendor published, by the provider's id. */
  pages: ReadonlyMap<string, Page>;
  /** By provider: the webhooks that were posted one after another, in the order in which they were accepted. */
  inOrder: ReadonlyMap<string, readonly string[]>;
  /** The event log, oldest first. */
  events: readonly Event[];
  /** What is known of each provider. */
  known: ReadonlyMap<string, Known>;
  console: Receipts;
  sink: Receipts;
}

/** What broke a promise, in words, one finding each. */
export type Findings = string[];
