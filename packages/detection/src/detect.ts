import { formatNamed, urlsOf } from "@statuswire/adapters";
import { serviceAt, type Service } from "@statuswire/catalog";
import { type Answer, type Asker, createAsker, type FetchPage } from "./asker.ts";
import { type Candidate, feedCandidates, fromCatalog, usualCandidates } from "./candidates.ts";
import { type Attempt, type Detection, type Match, surest } from "./detection.ts";
import { evaluate } from "./evaluate.ts";
import { feedsIn, signsIn } from "./html.ts";

interface Dependencies {
  /** `Outbound.fetchPage`, or like it. */
  fetchPage: FetchPage;
  /** Who is known at an address; the catalog's own unless given. */
  serviceAt?: (url: string) => Service | undefined;
  now?: () => Date;
  /** Hears of each attempt as it is made. */
  onAttempt?: (attempt: Attempt) => void;
}

/** What one candidate came to. */
interface Trial {
  attempt: Attempt;
  match?: Match;
}

/**
 * Finds out how a page talks: one request after another, some fifteen at most, none after a strong match. What the catalog
 * knows comes first, then the platforms' own addresses, then what the page's HTML hints at, then feeds. Never throws for
 * what the page does.
 */
export async function detect(url: URL, dependencies: Dependencies): Promise<Detection> {
  const asker = createAsker(dependencies.fetchPage);
  const at = (dependencies.now?.() ?? new Date()).toISOString();
  const front = await asker.ask(url);
  const page = front.kind === "page" ? front.url : url;
  const html = front.kind === "page" ? front.text : "";
  const service = (dependencies.serviceAt ?? serviceAt)(url.href);

  const signs = signsIn(html, page);
  const candidates = [
    ...(service ? fromCatalog(service) : []),
    ...usualCandidates(page),
    ...signs.flatMap(({ ask }) => ask),
    ...feedCandidates(page, feedsIn(html, page)),
  ];
  const { onAttempt = () => undefined } = dependencies;
  const trials = await tryAll(candidates, { asker, at, onAttempt });
  const hinted = hints(signs, trials);
  for (const { attempt } of hinted) onAttempt(attempt);
  trials.push(...hinted);

  const best = surest(trials.flatMap(({ match }) => match ?? []));
  const trouble = asker.trouble(page.host) ?? asker.trouble(url.host);
  return {
    url: url.href,
    ...(page.href !== url.href && { landed: page.href }),
    ...(trouble !== undefined && { trouble }),
    tried: trials.map(({ attempt }) => attempt),
    ...(best && { best: named(best, service) }),
  };
}

interface Asking {
  asker: Asker;
  at: string;
  onAttempt(attempt: Attempt): void;
}

async function tryAll(candidates: readonly Candidate[], asking: Asking): Promise<Trial[]> {
  const trials: Trial[] = [];
  const done = new Set<string>();
  for (const candidate of candidates) {
    const key = `${candidate.format} ${candidate.way} ${candidate.page.href}`;
    if (done.has(key)) continue;
    done.add(key);
    const trial = await tryOne(candidate, asking);
    if (!trial) continue;
    trials.push(trial);
    asking.onAttempt(trial.attempt);
    if (trial.match?.sure === "strong") break;
  }
  return trials;
}

/** Asks a way's endpoints, further ones only while the earlier say nothing; nothing when the first can't be asked. */
async function tryOne(candidate: Candidate, { asker, at }: Omit<Asking, "onAttempt">): Promise<Trial | undefined> {
  const { format, page, way } = candidate;
  const texts: string[] = [];
  let trial: Trial | undefined;
  for (const url of endpoints(format, way, page)) {
    const answer = await asker.ask(url);
    if (answer.kind !== "page") return trial ?? refused(candidate, url, answer);
    texts.push(answer.text);
    const verdict = evaluate(candidate, texts, at);
    const attempt: Attempt = {
      format,
      url: url.href,
      outcome: verdict.kind === "match" ? verdict.sure : "no",
      status: answer.status,
      ...(answer.url.href !== url.href && { landed: answer.url.href }),
      why: explained(candidate, verdict.why),
    };
    trial = { attempt };
    if (verdict.kind === "no") return trial;
    if (verdict.kind === "match") {
      const { kind: _kind, why: _why, ...said } = verdict;
      trial = { attempt, match: { format, way, ...said, page: movedTo(answer.url, candidate, url) } };
      if (verdict.sure !== "weak") return trial;
    }
  }
  return trial;
}

function endpoints(format: string, way: number, page: URL): URL[] {
  return urlsOf(formatNamed(format)?.ways[way] ?? [], page);
}

function refused(candidate: Candidate, url: URL, answer: Exclude<Answer, { kind: "page" }>): Trial | undefined {
  if (answer.kind === "unasked") return undefined;
  const status = answer.status === undefined ? {} : { status: answer.status };
  const why = explained(candidate, answer.why);
  return { attempt: { format: candidate.format, url: url.href, outcome: "no", ...status, why } };
}

function explained({ because }: Candidate, why: string): string {
  return because === undefined ? why : `${why}; ${because}`;
}

// Asked at its new address, the page must lead to where the answer was found; else the old one is the one that works.
function movedTo(landed: URL, { format, way, page }: Candidate, asked: URL): URL {
  const moved = new URL(`${page.pathname}${page.search}`, landed);
  const [before, after] = [page, moved].map((each) => endpoints(format, way, each));
  const index = before?.findIndex(({ href }) => href === asked.href) ?? -1;
  return after?.[index]?.href === landed.href ? moved : page;
}

/** Platforms whose signs the HTML carries and which nothing has confirmed. */
function hints(signs: readonly { format: string; page: URL }[], trials: readonly Trial[]): Trial[] {
  if (trials.some(({ match }) => match?.sure === "strong")) return [];
  const confirmed = new Set(trials.flatMap(({ match }) => match?.format ?? []));
  return signs
    .filter(({ format }) => !confirmed.has(format))
    .map(({ format, page }) => {
      const canBeAsked = (formatNamed(format)?.ways.length ?? 0) > 0;
      const but = canBeAsked ? "but its addresses don't answer" : "which only sends webhooks";
      const why = `its HTML carries this platform's marks, ${but}`;
      return { attempt: { format, url: page.href, outcome: "weak", why }, match: { format, sure: "weak", page } };
    });
}

function named(match: Match, service: Service | undefined): Match {
  const name = service?.name ?? match.name;
  return name === undefined ? match : { ...match, name };
}
