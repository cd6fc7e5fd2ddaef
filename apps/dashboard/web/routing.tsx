import { type ComponentProps, type MouseEvent, useSyncExternalStore } from "react";

const moved = "statuswire:moved";

/** Goes to a page of ours without loading it anew; `replace` leaves no step in the history. */
export function go(href: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  dispatchEvent(new Event(moved));
}

function onMove(listener: () => void): () => void {
  for (const name of [moved, "popstate"]) addEventListener(name, listener);
  return () => {
    for (const name of [moved, "popstate"]) removeEventListener(name, listener);
  };
}

/** The address: its path, and its query. */
export function usePlace(): { path: string; query: URLSearchParams } {
  const href = useSyncExternalStore(onMove, () => `${location.pathname}${location.search}`);
  const { pathname, searchParams } = new URL(href, location.origin);
  return { path: pathname, query: searchParams };
}

/** A link to a page of ours. A wall stays a wall. */
export function Link({ href = "/", ...others }: ComponentProps<"a">) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(href);
    scrollTo(0, 0);
    // A screen reader and the next Tab begin where the new page begins.
    requestAnimationFrame(() => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true }));
  };
  return <a href={href} onClick={follow} {...others} />;
}

/** A vendor's link. It opens only what a browser may open, and tells them nothing. */
export function VendorLink({ href, children }: { href: string | undefined; children: string }) {
  if (href === undefined || !/^https?:\/\//i.test(href)) return null;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
      <span aria-hidden="true"> ↗</span>
      <span className="hidden"> (opens in a new tab)</span>
    </a>
  );
}

/** Addresses of our pages. */
export const places = {
  provider: (id: string) => `/providers/${encodeURIComponent(id)}`,
  incident: (id: string) => `/incidents/${encodeURIComponent(id)}`,
  day: (provider: string, date: string) => `/providers/${encodeURIComponent(provider)}?day=${date}`,
  event: (seq: string) => `/events/${encodeURIComponent(seq)}`,
  maintenance: (id: string) => `/maintenances/${encodeURIComponent(id)}`,
};
