import { validatorsOf, type Validators } from "./conditional.ts";
import type { Document } from "./document.ts";
import type { Fault } from "./faults.ts";
import { render } from "./render.ts";
import type { Page } from "./world.ts";

/** A page at its address: what it is now, what is wrong with it, who asked. */
export interface Site {
  readonly origin: string;
  page: Page;
  trouble: { fault: Fault; pageThen: Page } | undefined;
  /** Answers so far, by status; `dropped` where there was none. */
  readonly answers: Map<string, number>;
  readonly rendered: Map<string, Answer>;
}

export type Answer = Document & Validators;

export function createSite(page: Page, origin: string): Site {
  return { origin, page, trouble: undefined, answers: new Map(), rendered: new Map() };
}

export function count({ answers }: Site, answer: number | "dropped"): void {
  answers.set(String(answer), (answers.get(String(answer)) ?? 0) + 1);
}

/** What the site says at a path. Rendered once for each state of the page: most polls find nothing new. */
export function answerAt(site: Site, path: string, weak: boolean): Answer {
  const known = site.rendered.get(path);
  if (known) return known;
  const page = site.trouble?.fault.kind === "stale" ? site.trouble.pageThen : site.page;
  const document = render(page, { path, origin: site.origin });
  const answer = { ...document, ...validatorsOf(document.body, { modified: page.updatedAt, weak }) };
  if (document.status === undefined) site.rendered.set(path, answer);
  return answer;
}
