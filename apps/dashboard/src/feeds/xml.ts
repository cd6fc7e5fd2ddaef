/** Text as it may stand in XML and HTML, in an element or an attribute, without what XML 1.0 forbids. */
export function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\p{Cs}\ufffe\uffff]/gu, "")
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** A URL that a reader may follow, or nothing: a vendor's `javascript:` is no link. */
export function link(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).href : undefined;
}
