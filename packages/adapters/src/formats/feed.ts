import type { Snapshot } from "@statuswire/status";
import { Feed } from "../feed.ts";
import type { Format, Told } from "../format.ts";
import { defined, parsePayload, silent } from "../payload.ts";
import { xml } from "../xml.ts";
import { affairsIn } from "./feed-parts.ts";
import { StatuspageFeed } from "./statuspage-feed.ts";

function generic(payload: Feed, told: Told): Snapshot {
  const { title, link } = payload;
  return { ...silent, page: defined({ name: title, url: link }), ...affairsIn(payload, told) };
}

// Statuspage's history holds all of an incident's updates in one entry.
function isStatuspage({ entries }: Feed): boolean {
  return entries.some(({ html }) => /<small>[^]{0,200}<\/small>\s*<br\s*\/?>\s*<strong>/i.test(html));
}

/** Any RSS 2.0, RSS 1.0 or Atom feed: the URL of the page is the feed's own. `shared/formats.md` §1.3, §2.4. */
export const feed: Format = {
  ways: [[(page) => page]],
  read: xml,
  adapt(payload, told) {
    const said = parsePayload(Feed, payload);
    return isStatuspage(said) ? parsePayload(StatuspageFeed, payload) : generic(said, told);
  },
};
