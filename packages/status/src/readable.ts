import { compile } from "html-to-text";

/** More than any reader wants in one line; also what bounds the work on hostile text. */
const longestInput = 64 * 1024;

const strip = compile({
  wordwrap: false,
  selectors: [
    { selector: "a", options: { ignoreHref: true } },
    { selector: "img", format: "skip" },
    { selector: "ul", options: { itemPrefix: "- " } },
    { selector: "h1", options: { uppercase: false } },
    { selector: "h2", options: { uppercase: false } },
    { selector: "h3", options: { uppercase: false } },
    { selector: "h4", options: { uppercase: false } },
  ],
});

/** What a vendor wrote, in HTML, Markdown or plainly, as one line of plain text. */
export function readable(body: string): string {
  const text = body.slice(0, longestInput);
  return oneLine(withoutMarkdown(/<[a-z/!][^>]*>|&[a-z#0-9]+;/i.test(text) ? strip(text) : text));
}

/** One line, safe to show in a terminal or a log: no control characters, no direction overrides. */
export function oneLine(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, "")
    .trim();
}

// Only what is surely markup: a lone asterisk or underscore may be the vendor's own.
function withoutMarkdown(text: string): string {
  return text
    .replace(/!?\[([^\]\n]{1,500})\]\([^)\s]{1,2000}\)/g, "$1")
    .replace(/^\s{0,3}#{1,6}\s+/gm, "")
    .replace(/(\*\*|__)(?=\S)([^*_\n]{1,2000})\1/g, "$2")
    .replace(/`([^`\n]{1,500})`/g, "$1");
}
