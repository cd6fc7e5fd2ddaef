// One row of the table as a service.

/** Sites that say whether others' services are down: not the vendor's own word. */
const strangers = ["similarweb.com", "updownradar.com", "issitedownrightnow.com", "isitdownrightnow.com"];

/** Hosts of many pages: their domain says nothing about the service. */
const hosts = [
  ...["statuspage.io", "instatus.com", "status.io", "statuspal.io", "freshstatus.io", "betteruptime.com"],
  ...["hund.io", "mambu.com", "google.internal", "github.io"],
];

/** Other addresses in the table that are no status pages of the service. */
const unrelated =
  /^https:\/\/(www\.google\.com|ads\.google\.com|feeds\.feedburner\.com|docs\.servicenow\.com|azurestatuscdn)/;

/** The table's words for formats that have another name here, and for those that only their own page speaks. */
const formatNames = new Map([
  ["statuspage-compat", "statuspage"],
  ["rss", "feed"],
  ["gworkspace", "google-workspace"],
]);
const unheard = new Set([
  ...["unknown", "custom", "html", "platform", "github-issues", "statusonline", "statuscake", "uptimecom"],
  ...["firehydrant", "datadog", "azuredevops", "oci"],
]);

export function serviceOf([slug, name, domains, page, platform, evidence]) {
  const url = new URL(page);
  if (strangers.some((host) => url.hostname.endsWith(host)) || url.hostname === "uptime.com") return undefined;

  const title = titleOf(name);
  const format = unheard.has(platform) ? undefined : (formatNames.get(platform) ?? platform);
  const { why, lists, otherPages } = readEvidence(evidence);
  return {
    id: title === name ? slug : slugOf(title),
    name: title,
    aliases: aliasesOf(title, name, slug),
    domains: domainsOf(domains),
    page: pageOf(url),
    otherPages,
    ask: format === "statusio" ? statusioPage(url, why) : undefined,
    format,
    sure: /^(strong|medium|weak): /.exec(evidence)?.[1] ?? "weak",
    why,
    mentions: lists.length,
  };
}

/** `Status Updates | ZeroBounce`, `Hivebrite Status page`, `Braze, Inc.` → the service. */
function titleOf(name) {
  return name
    .replace(/^(Server Status|Status Updates) \| /, "")
    .replace(/^Status( - |\.)?(?=\s?[A-Zd]\w+)/, "")
    .replace(/ (Operational Status & Updates|Status Page - Prod|Statuspage|Status page|'s System Uptime)$/i, "")
    .replace(/ SaaS at .*$/, "")
    .replace(/( (Public|Prod|Production|SaaS))?$/, "")
    .replace(/(,? (Inc|LLC|GmbH|Ltd|Oy)\.?)?$/, "")
    .trim();
}

function slugOf(title) {
  return title
    .normalize("NFKD")
    .replace(/[\p{M}']/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** What stands in brackets is another name, unless it is a place or a variant. */
function aliasesOf(title, name, slug) {
  const [, inBrackets] = /^(?:Brevo|Sema4\.ai|TCP|Milvus|Vonage Contact Centre) \((.+)\)$/.exec(title) ?? [];
  return [inBrackets, title === name ? undefined : slug].filter(Boolean);
}

/** A question mark means that the domain was read off the page's address. */
function domainsOf(text) {
  const domains = text.split(",").map((domain) => domain.trim().replace(/\?$/, "").toLowerCase());
  return [...new Set(domains)].filter((domain) => domain !== "" && !isHosted(domain));
}

function isHosted(domain) {
  return hosts.some((host) => domain === host || domain.endsWith(`.${host}`));
}

/** Without what a browser added: fragments, sessions, a trailing slash. */
function pageOf(url) {
  const path = /^\/(login|Home\/Privacy)$/.test(url.pathname) ? "" : url.pathname.replace(/\/+$/, "");
  const query = url.searchParams.has("start_date") ? "" : url.search;
  return `${url.origin}${path}${query}`;
}

/** Status.io's API wants the page's id, which its host doesn't tell. */
function statusioPage(url, why) {
  const id = /\b[0-9a-f]{24}\b/.exec(why)?.[0];
  return id && `${url.origin}/pages/${id}`;
}

function readEvidence(evidence) {
  const lists = /\[lists: ([^\]]*)\]/.exec(evidence)?.[1].split(",") ?? [];
  const alternatives = /\[alt: ([^\]]*)\]/.exec(evidence)?.[1].split(" ") ?? [];
  const why = evidence.replace(/ *\[(lists|alt): [^\]]*\]/g, "").replace(/^(strong|medium|weak): /, "");
  const otherPages = alternatives.filter((page) => !unrelated.test(page)).map((page) => pageOf(new URL(page)));
  return { why, lists, otherPages };
}
