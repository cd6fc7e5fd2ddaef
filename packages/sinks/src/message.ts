import { type Event, inWords, oneLine } from "@statuswire/status";
import { componentCondition, type Condition, conditionOf, type Level } from "./condition.ts";
import { cut } from "./cut.ts";
import { factsOf, sinceOf } from "./facts.ts";
import { type Step, stepOf } from "./step.ts";

export interface Link {
  label: string;
  url: string;
}

/** What every place says about an event, each in its own way. One line each, plain, and still the vendors' words. */
export interface Message extends Condition {
  step: Step;
  /** Whose it is, and which part of it. */
  service: string;
  /** Icon, service and word: `✕ Discord API: Major outage (was Degraded)`. */
  headline: string;
  title?: string;
  /** The newest words, as long as the vendor wrote them; of a digest, a line for each piece of news. */
  text?: string;
  /** The affected parts, where there are several. */
  parts?: string;
  /** `since 14:32 UTC (38m) · Identified · seen 1m 41s after the vendor posted` */
  facts: string;
  since?: string;
  links: readonly Link[];
}

/** What was said about the same subject before. */
export interface Said {
  level: Level;
  word: string;
  since?: string | undefined;
}

interface Circumstances {
  before?: Said | undefined;
  /** Our own page about the event. */
  page?: string | undefined;
}

const longest = { service: 120, title: 200, part: 60, parts: 5, url: 500 };

/** What to say about an event. Pure, and the same each time that the event is delivered. */
export function message(event: Event, { before, page }: Circumstances = {}): Message {
  const condition = conditionOf(event);
  const step = stepOf(event, condition, before?.level);
  const since = sinceOf(event) ?? (step === "opened" ? undefined : before?.since);
  const service = cut(serviceOf(event), longest.service);
  const { icon, word } = condition;
  const facts = factsOf(event, condition, since).map((fact) => cut(oneLine(fact), 80));
  return {
    ...condition,
    step,
    service,
    headline: `${icon} ${service}: ${word}${note(event, { step, word, before })}`,
    ...words(event, condition),
    facts: facts.join(" · "),
    ...(since !== undefined && { since }),
    links: linksOf(event, page),
  };
}

// A product that names no component ends with the title, which is said on its own.
function serviceOf({ product, provider, incident, maintenance }: Event): string {
  const title = (incident ?? maintenance)?.title;
  const ending = title ? ` - ${title}` : "";
  const service = ending && product.endsWith(ending) ? product.slice(0, -ending.length) : product;
  return oneLine(service) || provider;
}

function note(
  event: Event,
  { step, word, before }: { step: Step; word: string; before?: Said | undefined },
): string {
  if (step === "reopened") return " (reopened)";
  const from = event.component?.from;
  const was = from === undefined ? before?.word : componentCondition[from].word;
  const isNews = was !== undefined && was !== word && from !== "unknown";
  return isNews && (event.component || step !== "opened") ? ` (was ${was})` : "";
}

function words(event: Event, { word }: Condition): Pick<Message, "title" | "text" | "parts"> {
  const affair = event.incident ?? event.maintenance;
  const title = cut(oneLine(affair?.title ?? ""), longest.title);
  const text = event.type === "digest" ? event.status : oneLine(event.status);
  const parts = affair && affair.components.length > 1 ? partsOf(affair.components) : "";
  const phase = inWords(affair?.status ?? event.component?.status ?? "");
  const isSaid = [title, word, phase].some((said) => said.toLowerCase() === text.toLowerCase());
  return { ...(title && { title }), ...(text && !isSaid && { text }), ...(parts && { parts }) };
}

function partsOf(components: readonly { name: string }[]): string {
  const names = components.slice(0, longest.parts).map(({ name }) => cut(oneLine(name), longest.part));
  const more = components.length - names.length;
  return `${names.join(", ")}${more ? ` and ${more} more` : ""}`;
}

function linksOf({ url }: Event, page: string | undefined): Link[] {
  return [
    { label: "Status page", url },
    { label: "Timeline", url: page },
  ].flatMap(({ label, url }) => {
    const safe = safeUrl(url);
    return safe === undefined ? [] : [{ label, url: safe }];
  });
}

// A vendor's link may be a script, pretend to be on another host, or hold what ends a link where it is shown.
function safeUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, username, password, origin, href } = new URL(url);
  const isSafe = /^https?:$/.test(protocol) && !username && !password && href.length <= longest.url;
  return isSafe ? origin + href.slice(origin.length).replace(/[|()[\]\\*~`'"<>]/g, percentEncoded) : undefined;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
