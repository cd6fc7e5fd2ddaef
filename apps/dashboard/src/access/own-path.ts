/** A path of ours: nobody is to be led elsewhere by a link to us. */
export function ownPath(next: string): string {
  const base = "http://ours.invalid";
  if (!next.startsWith("/") || !URL.canParse(next, base)) return "/";
  const url = new URL(next, base);
  return url.origin === base ? `${url.pathname}${url.search}` : "/";
}
