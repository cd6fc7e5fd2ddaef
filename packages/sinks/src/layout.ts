import { cut, type Measure } from "./cut.ts";
import type { Escape } from "./escape.ts";
import type { Link, Message } from "./message.ts";

/** How a place writes. `strong` and `link` get what is escaped already; URLs are as `message` made them. */
export interface Style {
  escape: Escape;
  strong(escaped: string): string;
  link(label: string, url: string): string;
  /** What is longer than this is refused. */
  limit: number;
  measure: Measure;
}

/** A message as lines: headline, title, text, parts, facts, links. The text gets the room that the others leave. */
export function layOut(message: Message, style: Style): string {
  return withText(message, style, [style.strong(style.escape(message.headline))]);
}

/** The same without the headline, for places that show that as a title of its own. */
export function bodyOf(message: Message, style: Style): string {
  return withText(message, style, []);
}

/** Text cut so that it is within the limit once it is escaped. */
export function cutEscaped(text: string, limit: number, { escape, measure }: Pick<Style, "escape" | "measure">) {
  return escape(cut(text, limit, (part) => measure(escape(part))));
}

/** The headline and the title: what a follow-up says where the whole message stands above. */
export function brief({ headline, title }: Message, { escape, strong }: Style): string {
  return [strong(escape(headline)), escape(title ?? "")].filter(Boolean).join("\n");
}

/** `Status page · Timeline`, each a link. */
export function linksLine(links: readonly Link[], { link }: Pick<Style, "link">): string {
  return links
    .map(({ label, url }) => link(label, url))
    .filter(Boolean)
    .join(" · ");
}

function withText(message: Message, style: Style, above: readonly string[]): string {
  const { title = "", text = "", parts, facts, links } = message;
  const { escape, limit, measure } = style;
  const before = [...above, escape(title)];
  const after = [parts === undefined ? "" : escape(`Affected: ${parts}`), escape(facts), linksLine(links, style)];
  const room = limit - measure(joined([...before, ...after])) - 1;
  return joined([...before, cutEscaped(text, room, style), ...after]);
}

function joined(lines: readonly string[]): string {
  return lines.filter(Boolean).join("\n");
}
