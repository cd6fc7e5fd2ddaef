import { type Format, formatNamed, snapshotOf } from "@statuswire/adapters";
import { merge, PayloadError, PermanentError, type Snapshot } from "@statuswire/status";

/** What came in: the texts of one reading of a page, or the one text of a webhook, with its time. */
export interface Said {
  bodies: readonly [string, ...string[]];
  at: string;
}

/** The format that a provider is said to speak. Throws PermanentError when there is none of that name. */
export function speaks(format: string): Format {
  const found = formatNamed(format);
  if (!found) throw new PermanentError(`There is no format called "${format}". See \`statuswire formats\`.`);
  return found;
}

/** One reading of a page as a snapshot. Throws PayloadError when any of its answers is in another shape. */
export function adaptPoll(format: Format, { bodies: [first, ...others], at }: Said): Snapshot {
  const told = { at };
  return merge([snapshotOf(format, first, told), ...others.map((body) => snapshotOf(format, body, told))]);
}

/** A webhook as a snapshot: in the provider's own format, or in one of the envelopes of the program that we come from. */
export function adaptWebhook(format: Format, { bodies: [body], at }: Said): Snapshot {
  try {
    return snapshotOf(format, body, { at });
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error;
    return asEnvelope(body, at) ?? rethrow(error);
  }
}

function asEnvelope(body: string, at: string): Snapshot | undefined {
  try {
    return snapshotOf(speaks("envelope"), body, { at });
  } catch (error) {
    if (error instanceof PayloadError) return undefined;
    throw error;
  }
}

function rethrow(error: unknown): never {
  throw error;
}
