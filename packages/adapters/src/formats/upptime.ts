import type { Component, Snapshot } from "@statuswire/status";
import { z } from "zod";
import type { Format } from "../format.ts";
import { coverage, id, isReadable, parsePayload, raw, requiredList, silent, word } from "../payload.ts";

const componentStatus = word({ up: "operational", degraded: "degraded_performance", down: "major_outage" });

const SitePart = z
  .object({ slug: id, name: z.string().trim(), status: z.string() })
  .transform(({ slug, name, status: theirs }): Component => {
    const status = componentStatus(theirs);
    return { id: slug, name, status, ...raw(status, theirs) };
  });

// Incidents are issues of the repository, which the summary doesn't hold.
const Summary = requiredList(SitePart)
  .refine(isReadable, "nothing in it could be read")
  .transform((sites): Snapshot => ({
    ...silent,
    page: {},
    coverage: { ...silent.coverage, components: coverage(sites) },
    components: sites.entries,
  }));

/** Upptime, read from its repository: the page is given as https://github.com/<owner>/<repository> */
export const upptime: Format = {
  ways: [[summaryOf]],
  adapt: (payload) => parsePayload(Summary, payload),
};

function summaryOf(page: URL): URL {
  const [owner, repository] = page.pathname.split("/").filter(Boolean);
  const isRepository = page.hostname === "github.com" && owner && repository;
  return isRepository
    ? new URL(`/${owner}/${repository}/HEAD/history/summary.json`, "https://raw.githubusercontent.com")
    : page;
}
