import type { ComponentStatus } from "@statuswire/status";
import { escaped } from "./xml.ts";

/** What a badge says of a state, and its ground. White text on each has a contrast of more than 4.5. */
export const badgeStates: Readonly<Record<ComponentStatus, { word: string; ground: string }>> = {
  operational: { word: "operational", ground: "#116329" },
  degraded_performance: { word: "degraded", ground: "#7a4d00" },
  partial_outage: { word: "partial outage", ground: "#953800" },
  major_outage: { word: "major outage", ground: "#a40e26" },
  under_maintenance: { word: "maintenance", ground: "#0550ae" },
  unknown: { word: "no data", ground: "#57606a" },
};

const labelGround = "#24292f";
const padding = 7;
/** Of Verdana at 11 px, on average; `textLength` makes the text fit exactly. */
const charWidth = 6.6;

/** A badge: a name and its state, in words and in colour (SVG). */
export function badge(name: string, state: ComponentStatus): string {
  const label = name.length > 40 ? `${name.slice(0, 39)}…` : name;
  const { word, ground } = badgeStates[state];
  const left = widthOf(label);
  const width = left + widthOf(word);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${escaped(label)}: ${word}">
<title>${escaped(label)}: ${word}</title>
<clipPath id="round"><rect width="${width}" height="20" rx="4"/></clipPath>
<g clip-path="url(#round)"><rect width="${left}" height="20" fill="${labelGround}"/><rect x="${left}" width="${width - left}" height="20" fill="${ground}"/></g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
${textAt(padding, label)}
${textAt(left + padding, word)}
</g>
</svg>
`;
}

function widthOf(text: string): number {
  return Math.round(text.length * charWidth) + 2 * padding;
}

function textAt(x: number, text: string): string {
  const length = Math.round(text.length * charWidth);
  return `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${escaped(text)}</text>`;
}
