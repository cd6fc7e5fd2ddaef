import { PayloadError } from "@statuswire/status";
import { flightIn, objectIn } from "../flight.ts";

/**
 * A page's HTML to what `/proxy/<host>` would have answered: the same summary is embedded in the scripts of the page.
 * Throws PayloadError when there is none.
 */
export function embeddedSummary(html: string): unknown {
  const summary = objectIn(flightIn(html), "summary");
  if (summary === undefined) throw new PayloadError("The payload is an HTML page, and not one of incident.io's.");
  return { summary };
}
