import type { Snapshot } from "@statuswire/status";
import { Feed } from "../feed.ts";
import type { Format, Told } from "../format.ts";
import { defined, parsePayload, silent } from "../payload.ts";
import { xml } from "../xml.ts";
import { affairsIn } from "./feed-parts.ts";
import { IncidentioFeed } from "./incidentio-feed.ts";
import { StatuspageFeed } from "./statuspage-feed.ts";

function generic(said: Feed, told: Told): Snapshot {
  return { ...silent, page: defined({ name: said.title, url: said.link }), ...affairsIn(said, told) };
}

const dateWithoutYear =
  /<small>[A-Z][a-z]{2} (<var[^>]{1,30}> ?)?\d{1,2}(<\/var>)?, (<var[^>]{1,30}>)?\d{2}:\d{2}/;

// Statuspage's entries hold all updates of an incident, each under a date without a year.
function isStatuspage({ entries }: Feed): boolean {
  return entries.some(({ html }) => dateWithoutYear.test(html));
}

/** Any RSS 2.0, RSS 1.0 or Atom feed: the URL of the page is the feed's own. */
export const feed: Format = {
  ways: [[(page) => page]],
  read: xml,
  adapt(payload, told) {
    const said = parsePayload(Feed, payload);
    if (said.generator === "incident.io") return parsePayload(IncidentioFeed, payload);
    return isStatuspage(said) ? parsePayload(StatuspageFeed, payload) : generic(said, told);
  },
};
