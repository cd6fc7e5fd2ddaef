import { type Candidate, waysOf } from "./candidates.ts";

interface Sign {
  format: string;
  mark: RegExp;
  /** What must be there too. */
  beside?: RegExp;
  /** The page as the format needs it, where the mark tells it. */
  page?: (found: readonly string[], page: URL) => URL;
}

// What pages of a platform carry in their HTML. A sign alone proves nothing: it says whom to ask, or hints.
const signs: readonly Sign[] = [
  // louislam/uptime-kuma server/model/status_page.js puts it in the head.
  {
    format: "uptime-kuma",
    mark: /\/api\/status-page\/([\w-]{1,100})\/manifest\.json/,
    page: ([, slug = ""], page) => new URL(`/status/${slug}`, page),
  },
  {
    format: "statusio",
    mark: /(?:api\.status\.io\/1\.0\/status|\/pages(?:\/[a-z]{1,20})?)\/([0-9a-f]{24})\b/,
    page: ([, id = ""], page) => new URL(`/pages/${id}`, page),
  },
  {
    format: "uptimerobot",
    mark: /\/api\/getMonitorList\/[\w-]{1,100}/,
    page: ([path = ""], page) => new URL(path, page),
  },
  {
    format: "statuspal",
    mark: /\b(?!www\.)([a-z0-9-]{1,63})\.statuspal\.(io|eu)\b/,
    page: ([, name = "", end = ""]) => new URL(`https://${name}.statuspal.${end}`),
  },
  {
    // Its own links name the repository whose files the page shows.
    format: "upptime",
    beside: /\bupptime\b/i,
    mark: /\bgithub(?:usercontent)?\.com\/(?!upptime\/)([\w.-]{1,100})\/([\w.-]{1,100})/i,
    page: ([, owner = "", repository = ""]) => new URL(`https://github.com/${owner}/${repository}`),
  },
  { format: "pagerduty", mark: /<script[^>]{0,200}\bid="data"/ },
  { format: "site24x7", mark: /\bsite24x7(?:static)?\.com\b|\/sp\/api\/u\// },
  { format: "sorry", mark: /\bsorryapp\.com\b/ },
  { format: "rootly", mark: /\brootly\.(?:com|io)\b/ },
  { format: "statushub", mark: /\bstatushub\.(?:io|com)\b/ },
  { format: "lambstatus", mark: /\blambstatus\b/i },
  { format: "statuscast", mark: /\bstatuscast\.com\b/ },
  { format: "freshstatus", mark: /\bfreshstatus\.io\b/ },
  { format: "hund", mark: /\bhund\.io\b/ },
  { format: "statuspage", mark: /\bdka575ofm4ao0\.cloudfront\.net\b/ },
  { format: "incidentio", mark: /\bincident\.io\/?\?utm_source=/ },
  { format: "instatus", mark: /\binstatus\.com\b/ },
  { format: "betterstack", mark: /\b(?:uptime\.betterstack|betteruptime)\.com\b/ },
  { format: "cachet", mark: /\bcachethq\.io\b/ },
  { format: "openstatus", mark: /\bopenstatus\.dev\b/ },
  { format: "cstate", mark: /\bcstate\b/i },
];

/** Marks stand in the head or the foot of pages much shorter than this; it bounds the work on a hostile one. */
const longest = 1024 * 1024;

/** Whether a body is a web page, whatever its content type says. */
export function isHtml(body: string): boolean {
  return /^\uFEFF?\s*<(?:!doctype html|html|head|body)\b/i.test(body);
}

/** The formats whose signs a page's HTML carries, each with what to ask. */
export function signsIn(html: string, page: URL): { format: string; page: URL; ask: Candidate[] }[] {
  if (!isHtml(html)) return [];
  const read = html.slice(0, longest);
  return signs.flatMap(({ format, mark, beside, page: pageOf }) => {
    const found = mark.exec(read);
    if (!found || beside?.test(read) === false) return [];
    const its = pageOf ? pageOf(found, page) : page;
    const because = "its HTML carries this platform's marks";
    return [{ format, page: its, ask: waysOf(format, its).map((way) => ({ ...way, because })) }];
  });
}

/** The feeds that a page's HTML names, at most two: `<link rel="alternate" type="application/atom+xml" href="…">`. */
export function feedsIn(html: string, page: URL): URL[] {
  if (!isHtml(html)) return [];
  const links = html.slice(0, longest).match(/<link\b[^<>]{1,1000}>/gi) ?? [];
  return links
    .filter(
      (link) => attribute(link, "rel") === "alternate" && /\/(?:rss|atom)\+xml$/.test(attribute(link, "type")),
    )
    .map((link) => attribute(link, "href").replaceAll("&amp;", "&"))
    .filter((href) => href !== "" && URL.canParse(href, page.href))
    .map((href) => new URL(href, page))
    .slice(0, 2);
}

function attribute(tag: string, name: string): string {
  const [, double, single, bare] =
    new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(tag) ?? [];
  return (double ?? single ?? bare ?? "").trim();
}
