import { type Event, Time } from "@statuswire/status";
import { pollsIn, type Reading } from "@statuswire/store";
import { z } from "zod";
import type { Watched } from "../board.ts";
import { lagOf } from "./lag.ts";

export const PollView = z.object({
  at: Time,
  outcome: z.string().describe("`changed`, `unchanged`, or why it failed."),
  status: z
    .int()
    .optional()
    .describe("What the page answered; 304 when nothing was new. Absent where no answer came."),
  bytes: z.int().describe("Of the answer, after decompression."),
  ms: z.int().describe("How long it took, reading included."),
});
export type PollView = z.infer<typeof PollView>;

export const SourceView = z.object({
  id: z.string(),
  page: z.string().optional(),
  format: z.string().optional().describe("How the page talks, as far as we know."),
  recognized: z.string().describe("How we know that, in words."),
  everySeconds: z.int().optional().describe("How often it is read."),
  lastReadAt: Time.optional().describe("When the page was last read, whether it said anything new or not."),
  nextPollAt: Time.optional(),
  failures: z.int().describe("How many polls in a row have failed."),
  polls: z.array(PollView).describe("The last ones, at most twenty, the newest first."),
  lagSeconds: z
    .int()
    .optional()
    .describe("Half of the latest events were seen within so many seconds after the vendor's own time of them."),
  lagEvents: z.int().describe("How many events that is of."),
});
export type SourceView = z.infer<typeof SourceView>;

/** How a provider's page is read, and how that goes; `events` are the newest about it. */
export function sourceView(
  watched: Watched,
  { reading, events }: { reading: Reading; events: readonly Event[] },
): SourceView {
  const { id, page, everySeconds } = watched;
  const format = formatIn(watched, reading);
  const lags = lagsOf(events);
  const middle = lags[Math.floor(lags.length / 2)];
  const next = nextPoll(reading, everySeconds);
  const lastReadAt = reading.readAt ?? watched.known.page.readAt;
  return {
    id,
    ...(page === undefined ? {} : { page }),
    ...(format === undefined ? {} : { format }),
    recognized: recognized(watched, reading),
    ...(everySeconds === undefined ? {} : { everySeconds }),
    ...(lastReadAt === undefined ? {} : { lastReadAt }),
    ...(next === undefined ? {} : { nextPollAt: new Date(next).toISOString() }),
    failures: reading.failures,
    polls: pollsIn(reading.polls).map(({ status, ...poll }) => ({
      ...poll,
      ...(status === undefined ? {} : { status }),
    })),
    ...(middle === undefined ? {} : { lagSeconds: middle }),
    lagEvents: lags.length,
  };
}

function isFound({ configuredFormat }: Watched, { found, foundFor }: Reading): boolean {
  return found !== undefined && foundFor === configuredFormat;
}

function formatIn(watched: Watched, reading: Reading): string | undefined {
  return isFound(watched, reading) ? reading.found : watched.format;
}

function recognized(watched: Watched, reading: Reading): string {
  const { guessed, configuredFormat = "" } = watched;
  if (isFound(watched, reading))
    return guessed
      ? `Detected when the page was read; by its address it was guessed to be ${configuredFormat}.`
      : `Detected when the page moved; the configuration says ${configuredFormat}.`;
  return guessed
    ? "Guessed by its address, and confirmed by each poll that succeeds."
    : "As configured, or as the catalog says.";
}

function nextPoll({ polledAt, notBefore }: Reading, everySeconds: number | undefined): number | undefined {
  if (everySeconds === undefined || polledAt === undefined) return undefined;
  return Math.max(Date.parse(polledAt) + everySeconds * 1000, notBefore);
}

function lagsOf(events: readonly Event[]): number[] {
  return events.flatMap((event) => lagOf(event) ?? []).sort((one, other) => one - other);
}
