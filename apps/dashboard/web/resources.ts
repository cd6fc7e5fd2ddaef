import { useCallback, useSyncExternalStore } from "react";

/** What the server has answered about a URL: the newest data, and why there is none newer. */
export interface Resource<Data> {
  data: Data | undefined;
  problem: string | undefined;
  /** Whether the server said that there is no such thing. */
  isMissing?: boolean;
}

export interface Resources {
  get(url: string): Resource<unknown>;
  /** Keeps a URL's answer fresh while at least one part of the page shows it. */
  watch(url: string, onChange: () => void): () => void;
  /** Asks again for everything that is shown, once for any number of calls at a time. */
  refresh(): void;
}

const gatherMs = 150;
const nothing: Resource<unknown> = { data: undefined, problem: undefined };

/** Answers at hand, beginning with those that came with the page. */
export function createResources(first: Readonly<Record<string, unknown>>): Resources {
  const answers = new Map<string, Resource<unknown>>(
    Object.entries(first).map(([url, data]) => [url, { data, problem: undefined }]),
  );
  const watchers = new Map<string, Set<() => void>>();
  const asking = new Map<string, number>();
  const old = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function settle(url: string, turn: number, answer: Resource<unknown>): void {
    // An answer that was overtaken by a later question is no news.
    if (asking.get(url) !== turn) return;
    answers.set(url, answer);
    for (const onChange of watchers.get(url) ?? []) onChange();
  }

  async function ask(url: string): Promise<void> {
    const turn = (asking.get(url) ?? 0) + 1;
    asking.set(url, turn);
    const { data } = answers.get(url) ?? nothing;
    try {
      const response = await fetch(url);
      if (response.status === 401) logIn();
      const answer: unknown = await response.json();
      if (response.ok) settle(url, turn, { data: answer, problem: undefined });
      // What is not there any more is not to be shown any longer; any other trouble leaves the last answer.
      else if (response.status === 404)
        settle(url, turn, { data: undefined, problem: detailOf(answer), isMissing: true });
      else settle(url, turn, { data, problem: detailOf(answer) });
    } catch {
      settle(url, turn, { data, problem: "The server does not answer." });
    }
  }

  return {
    get: (url) => answers.get(url) ?? nothing,
    watch(url, onChange) {
      const others = watchers.get(url) ?? new Set();
      watchers.set(url, others.add(onChange));
      if (!answers.has(url) || old.delete(url)) void ask(url);
      return () => {
        others.delete(onChange);
        if (others.size) return;
        watchers.delete(url);
        // Shown again later, it may stand there until the new answer comes.
        old.add(url);
      };
    },
    refresh() {
      timer ??= setTimeout(() => {
        timer = undefined;
        for (const url of watchers.keys()) void ask(url);
      }, gatherMs);
    },
  };
}

// The session is over.
function logIn(): void {
  location.assign(`/login?next=${encodeURIComponent(`${location.pathname}${location.search}`)}`);
}

function detailOf(answer: unknown): string {
  const isProblem = typeof answer === "object" && answer !== null && "detail" in answer;
  return isProblem && typeof answer.detail === "string" ? answer.detail : "The server could not answer.";
}

/** The answer to a URL, asked for when first shown and again whenever something happens. */
export function useResource<Data>(resources: Resources, url: string): Resource<Data> {
  const watch = useCallback((onChange: () => void) => resources.watch(url, onChange), [resources, url]);
  const answer = useSyncExternalStore(watch, () => resources.get(url));
  // The caller names the shape that this URL answers with; see views.ts.
  return answer as Resource<Data>;
}

const everyMs = 30_000;

/** Asks again now and then for what changes without an event, such as when a page was last read. */
export function refreshNowAndThen({ refresh }: Resources): void {
  setInterval(() => {
    if (document.visibilityState === "visible") refresh();
  }, everyMs);
}
