import { EventType, Severity } from "@statuswire/status";
import { z } from "zod";
import { ClockWindows } from "./clock-windows.ts";
import { intervalPattern } from "./interval.ts";

const howToSaySpan = "A time span is a number of seconds, or a number with a unit: 90s, 5m, 1h.";
const Span = z
  .union([z.int().positive(howToSaySpan), z.string().regex(intervalPattern, howToSaySpan)], {
    error: howToSaySpan,
  })
  .describe("90s, 5m, 1h");

const Word = z.string().min(1);
const Words = z.union([Word, z.array(Word).min(1)], { error: "Write one, or a list of them." });
const SinkNames = z.union([Word, z.array(Word)], { error: "Write a sink's name, or a list of them." });

const firstWords = [...new Set(EventType.options.map((type) => type.split(".", 1)[0] ?? ""))];
const Type = z.enum([...EventType.options, ...firstWords]);

const MatchEntry = z.strictObject({
  provider: Words.optional().describe("Globs for the provider's id and name"),
  component: Words.optional().describe("Globs for the id and name of a component that it concerns"),
  group: Words.optional().describe("Globs for the group of one"),
  region: Words.optional().describe("Globs for whole words in the id, name or group of one"),
  type: z
    .union([Type, z.array(Type).min(1)], { error: "Write a type of event, such as incident.opened or incident." })
    .optional()
    .describe("Types of events, or their first words: incident.opened, maintenance"),
  severity: Severity.optional().describe("At least so bad: minor, major, critical"),
  tag: Words.optional().describe("Tags of the provider"),
  initial: z.boolean().optional().describe("true: what the first look at a page finds, and nothing else"),
});

const Escalation = z.strictObject({
  after: Span.describe("How long it must hold"),
  to: SinkNames.describe("Whom else to tell then"),
});

/** One entry of `routes`. */
export const RouteEntry = z.strictObject({
  name: z.string().min(1).max(80).optional().describe("What explanations call the rule"),
  match: MatchEntry.optional().describe("Which events it is about; all that is given must agree. Absent: all"),
  to: SinkNames.describe("The sinks that are told; []: none"),
  continue: z.boolean().optional().describe("true: the rules below are read, too"),
  mute: ClockWindows.optional().describe("When it tells nothing"),
  quiet: ClockWindows.optional().describe("When it keeps what it has for one message at the end"),
  delay: Span.optional().describe("Tell only what still holds after so long"),
  throttle: z
    .int()
    .positive()
    .optional()
    .describe("Tell at most so many in an hour, and the others in one message at its end"),
  escalateAfter: Escalation.optional().describe("Whom else to tell of what still holds after so long"),
});
export type RouteEntry = z.infer<typeof RouteEntry>;

/** `noise` as it is written. */
export const NoiseEntry = z.strictObject({
  explained: z.boolean().optional().describe("false: tell component changes that an incident explains, too"),
  flapping: z
    .union([z.literal(false), z.strictObject({ changes: z.int().min(2), within: Span })], {
      error: "Write false, or { changes: 6, within: 30m }.",
    })
    .optional()
    .describe("A component that changes more often is told of as unstable. Unless said: 6 in 30m; false: never"),
  together: z
    .union([z.literal(false), z.strictObject({ providers: z.int().min(2) })], {
      error: "Write false, or { providers: 5 }.",
    })
    .optional()
    .describe(
      "From so many providers in trouble within a minute on, one message lists them. Unless said: 5; false: never",
    ),
});
export type NoiseEntry = z.infer<typeof NoiseEntry>;
