const base = "http://ours.invalid";

/** The path and query of a URL on this dashboard; "/" for anything that a browser would follow to another origin. */
export function ownPath(next: string): string {
  if (!next.startsWith("/")) return "/";
  const path = pathOf(next);
  // Dot segments may leave a path that begins with `//`, which a browser reads as another host: `/.//evil.example`.
  return path !== undefined && pathOf(path) === path ? path : "/";
}

function pathOf(text: string): string | undefined {
  if (!URL.canParse(text, base)) return undefined;
  const { origin, pathname, search } = new URL(text, base);
  return origin === base ? `${pathname}${search}` : undefined;
}
