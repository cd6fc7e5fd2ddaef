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
  const without = lines(message, style, "");
  const room = style.limit - style.measure(without) - 1;
  const text = message.text === undefined ? "" : cutEscaped(message.text, room, style);
  return lines(message, style, text);
}

/** Text cut so that it is within the limit once it is escaped. */
export function cutEscaped(text: string, limit: number, { escape, measure }: Pick<Style, "escape" | "measure">) {
  return escape(cut(text, limit, (part) => measure(escape(part))));
}

/** The headline and the title: what a follow-up says where the whole message stands above. */
export function brief({ headline, title }: Message, { escape, strong }: Style): string {
  return [strong(escape(headline)), escape(title ?? "")].filter(Boolean).join("\n");
}

function lines({ headline, title = "", parts, facts, links }: Message, style: Style, text: string): string {
  const { escape, strong } = style;
  return [
    strong(escape(headline)),
    escape(title),
    text,
    parts === undefined ? "" : escape(`Affected: ${parts}`),
    escape(facts),
    linksLine(links, style),
  ]
    .filter(Boolean)
    .join("\n");
}

/** `Status page · Timeline`, each a link. */
export function linksLine(links: readonly Link[], { link }: Pick<Style, "link">): string {
  return links.map(({ label, url }) => link(label, url)).join(" · ");
}
