import { compile } from "html-to-text";

/** More than any reader wants in one line; also what bounds the work on hostile text. */
const longestInput = 64 * 1024;

const elements =
  "a|abbr|article|b|blockquote|body|br|center|code|dd|del|div|dl|dt|em|figure|font|footer|h[1-6]|head|header|hr|html" +
  "|i|iframe|img|ins|kbd|li|main|mark|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|sup" +
  "|table|tbody|td|tfoot|th|thead|time|title|tr|tt|u|ul|var";

// Only elements that vendors use: `Map<String>`, `<your-region>` and `a < b && c > d` are words.
const markup = new RegExp(String.raw`<!--|<!doctype|</?(?:${elements})(?:\s+[a-z][\w:-]*\s*=[^<>]*|\s*/?)>`, "i");

const strip = compile({
  wordwrap: false,
  // Deeper than any vendor's text, shallower than the stack.
  limits: { maxDepth: 100 },
  selectors: [
    { selector: "a", options: { ignoreHref: true } },
    ...["hr", "img", "script", "style"].map((selector) => ({ selector, format: "skip" })),
    ...["td", "th"].map((selector) => ({ selector, format: "block" })),
    { selector: "ul", options: { itemPrefix: "- " } },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
});

/** What a vendor wrote, in HTML, Markdown or plainly, as one line of plain text. */
export function readable(body: string): string {
  return oneLine(withoutHtml(withoutMarkdown(body.slice(0, longestInput))));
}

// One class, because V8 keeps a place to return to for each turn of an alternative, and runs out of them on megabytes.
const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;

/** One line, safe to show in a terminal or a log: no control characters, no direction overrides. */
export function oneLine(text: string): string {
  return text
    .replace(/(?:\u001b\[|\u009b)[0-9;?]*[A-Za-z]/g, "")
    .replace(space, " ")
    .replace(/[\p{Cc}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, "")
    .replace(/ {2,}/g, " ")
    .trim();
}

function withoutHtml(text: string): string {
  if (markup.test(text)) return strip(text);
  return /&[a-z#0-9]+;/i.test(text) ? strip(text.replaceAll("<", "&lt;")) : text;
}

// Only what is surely markup: a lone asterisk or underscore may be the vendor's own.
function withoutMarkdown(text: string): string {
  return text
    .replace(/!?\[([^[\]\n]{1,500})\]\([^()\s]{1,2000}\)/g, "$1")
    .replace(/^\s{0,3}#{1,6}\s+/gm, "")
    .replace(/(?<![\w*])\*\*(?=\S)([^*\n]{1,2000})\*\*(?!\w)/g, "$1")
    .replace(/`([^`\n]{1,500})`/g, "$1");
}
