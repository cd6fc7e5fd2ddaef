import type { ProviderSummary } from "./views.ts";

/** Who is watched already under that id, or whose page is at that address. */
export function watchedAs(
  { id, page }: { id?: string | undefined; page: string },
  watched: readonly Pick<ProviderSummary, "id" | "page" | "name">[],
): Pick<ProviderSummary, "id" | "name"> | undefined {
  return watched.find((one) => one.id === id || (one.page !== undefined && placeOf(one.page) === placeOf(page)));
}

// What people write in one way or the other, and what leads to the same page.
function placeOf(page: string): string {
  if (!URL.canParse(page)) return page;
  const { host, pathname, search } = new URL(page);
  return `${host.replace(/^www\./, "")}${pathname.replace(/\/+$/, "")}${search}`;
}
