import { type Format, formatNamed, formats, jsonFormat, snapshotOf } from "@statuswire/adapters";
import type { Provider } from "@statuswire/config";
import { merge, PayloadError, PermanentError, type Snapshot } from "@statuswire/status";

/** What came in: the texts of one reading of a page, or the one text of a webhook, with its time. */
export interface Said {
  bodies: readonly [string, ...string[]];
  at: string;
}

/** How a provider's page talks: a format by name, or described in the configuration. Throws PermanentError when there is none. */
export function formatOf({ format, json }: Pick<Provider, "format" | "json">): Format {
  const found = format === "json" && json ? jsonFormat(json) : formatNamed(format);
  if (!found)
    throw new PermanentError(`There is no format called "${format}". See \`npm run -s statuswire -- formats\`.`);
  return found;
}

/** One reading of a page as a snapshot. Throws PayloadError when any of its answers is in another shape. */
export function adaptPoll(format: Format, { bodies: [first, ...others], at }: Said): Snapshot {
  const told = { at };
  return merge([snapshotOf(format, first, told), ...others.map((body) => snapshotOf(format, body, told))]);
}

/** What is also spoken, whoever the provider: Statuspage's pushes, and the envelopes of the program that we come from. */
const linguaFranca = [formats.statuspage, formats.envelope];

/** A webhook as a snapshot. Throws the PayloadError of the provider's own format when no other knows the shape either. */
export function adaptWebhook(format: Format, { bodies: [body], at }: Said): Snapshot {
  let failure: PayloadError | undefined;
  for (const spoken of new Set([format, ...linguaFranca])) {
    try {
      return snapshotOf(spoken, body, { at });
    } catch (error) {
      if (!(error instanceof PayloadError)) throw error;
      failure ??= error;
    }
  }
  throw failure ?? new PayloadError("No format knows the payload.");
}
