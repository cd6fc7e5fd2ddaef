import { Time, Via } from "@statuswire/status";
import { z } from "zod";

/** The version that jobs' data is written in; each carries it. What has a newer one is left to a newer program. */
export const jobVersion = 1;

/** A raw payload that came in, by poll or by webhook. Bodies stay text: parsed ones may be too deep to store again. */
export const Observation = z.object({
  id: z.string(),
  provider: z.string(),
  via: Via,
  /** When a webhook arrived, or the poll's request started. */
  receivedAt: Time,
  body: z.string(),
  /** What the page's other endpoints said in the same reading. */
  also: z.array(z.string()).optional(),
  /** The format that the page was read in: not always the configured one. */
  format: z.string().optional(),
  /** The one incident that the page was asked about; whatever else the answer tells is not news. */
  about: z.string().optional(),
  /** Those of a webhook's headers that tell what it is. None that prove or identify. */
  headers: z.record(z.string(), z.string()).optional(),
  /** A webhook that a stranger may have sent: a reason to ask the page, where that can be asked. */
  isHint: z.boolean().optional(),
  /** A webhook whose sender has proved nothing. What becomes of it may not crowd out what others sent. */
  isUnproven: z.boolean().optional(),
  /** What to remember of a poll once it is recorded, so that the next one is cheap. */
  reading: z
    .object({
      way: z.int(),
      hash: z.string(),
      marked: z.string().optional(),
      bytes: z.string().optional(),
      components: z.int(),
      etag: z.string().optional(),
      lastModified: z.string().optional(),
    })
    .optional(),
});
export type Observation = z.infer<typeof Observation>;

/** What an `observations` job carries: as many as came in together. More than one is told apart when one of them fails. */
export const Batch = z.object({ v: z.literal(jobVersion), observations: z.array(Observation).min(1) });
export type Batch = z.infer<typeof Batch>;

/** A partition is to go on with the observations of a provider that wait; see `Deferred`. */
export const Resumption = z.object({ v: z.literal(jobVersion), resume: z.string() });
export type Resumption = z.infer<typeof Resumption>;

/** A page to be asked; with `incident`, only about that one. */
export const Poll = z.object({ v: z.literal(jobVersion), provider: z.string(), incident: z.string().optional() });
export type Poll = z.infer<typeof Poll>;

/** One event on its way to one sink. The event itself is in the log, at `seq`. */
export const Delivery = z.object({
  v: z.literal(jobVersion),
  eventId: z.string(),
  seq: z.string(),
  sink: z.string(),
  /** How it is told, when not as it is. */
  as: z.enum(["unstable", "settled", "failing", "disabled"]).optional(),
  /** It is told only if the sink has been told what it goes on from. */
  ifOpen: z.literal(true).optional(),
  /** The places of all events that one message tells. */
  digest: z.array(z.string()).min(1).optional(),
  /** The sink that fails or is disabled, and why it fails. */
  about: z.string().optional(),
  reason: z.string().optional(),
  /** How long it is worth trying. */
  patience: z.enum(["minutes", "hours", "day"]).optional(),
  /** It waits for those before it of the same subject. */
  strict: z.literal(true).optional(),
  /** The replay that it belongs to. */
  replay: z.string().optional(),
});
export type Delivery = z.infer<typeof Delivery>;

/** The id of a delivery's job, made of what tells it from others: added again, it changes nothing. */
export function deliveryId({ seq, sink, as, ifOpen, digest, about, replay }: Delivery): string {
  const marks = [as, ifOpen && "if-open", digest && `digest-${digest[0] ?? ""}`, about, replay].filter(Boolean);
  return ["delivery", seq, sink, ...marks].join("-");
}

/** A job that a process has died or hung with: what `quarantine` carries. */
export const Suspect = z.union([Batch, Poll, Delivery]);
export type Suspect = z.infer<typeof Suspect>;

/** A job that can't succeed, kept where a person finds it and can redrive it. */
export const DeadLetter = z.object({
  v: z.literal(jobVersion),
  queue: z.string(),
  jobId: z.string(),
  name: z.string(),
  data: z.unknown(),
  /** The name of the error, the class of the failure. */
  error: z.string(),
  reason: z.string(),
  attempts: z.int(),
  stalls: z.int(),
  stack: z.string().optional(),
  createdAt: Time,
  failedAt: Time,
});
export type DeadLetter = z.infer<typeof DeadLetter>;
