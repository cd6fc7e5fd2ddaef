import { amount } from "./text.ts";
import type { Told } from "./told.ts";

interface Bar {
  name: string;
  ratio: number;
  goal: number | undefined;
}

const rowHeight = 28;
const left = 190;
const width = 760;
/** Room for the number at the end of the longest bar. */
const right = 60;

/** Each figure's ratio to its baseline as a bar, with a mark at what it should reach. SVG for light and dark pages. */
export function chart(told: readonly Told[]): string {
  const bars = told.flatMap(barsOf);
  const longest = Math.max(1, ...bars.flatMap(({ ratio, goal }) => [ratio, goal ?? 0]));
  const x = (ratio: number) => left + (ratio / longest) * (width - left - right);
  const height = (bars.length + 2) * rowHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">`,
    `<title>Each figure relative to its baseline</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...bars.flatMap((bar, index) => drawn(bar, { x, y: (index + 0.5) * rowHeight })),
    `<path d="M${x(1)} 8V${(bars.length + 0.5) * rowHeight}" stroke="#888" stroke-dasharray="2 3"/>`,
    text({ x: x(1), y: (bars.length + 1) * rowHeight, anchor: "middle" }, "baseline = 1"),
    text({ x: width - right, y: (bars.length + 1.6) * rowHeight, anchor: "end" }, "▏red: to reach"),
    "</svg>",
    "",
  ].join("\n");
}

function barsOf({ subject, results }: Told): Bar[] {
  return results.flatMap(({ name, ratio }) => {
    if (ratio === null || !Number.isFinite(ratio)) return [];
    const goal = subject.figures.find((figure) => figure.name === name)?.goal;
    return [{ name, ratio, goal: goal?.of === "ratio" ? (goal.atLeast ?? goal.atMost) : undefined }];
  });
}

function drawn({ name, ratio, goal }: Bar, { x, y }: { x(ratio: number): number; y: number }): string[] {
  const middle = y + 14;
  return [
    text({ x: left - 10, y: middle, anchor: "end" }, name),
    `<rect x="${left}" y="${y}" width="${(x(ratio) - left).toFixed(1)}" height="18" fill="#3b6fb6"/>`,
    text({ x: x(ratio) + 6, y: middle, anchor: "start" }, amount(ratio)),
    ...(goal === undefined
      ? []
      : [`<path d="M${x(goal).toFixed(1)} ${y - 3}v24" stroke="#c33" stroke-width="2"/>`]),
  ];
}

interface Place {
  x: number;
  y: number;
  anchor: "start" | "middle" | "end";
}

// Names are ours: nothing in them needs escaping.
function text({ x, y, anchor }: Place, words: string): string {
  return `<text x="${x.toFixed(1)}" y="${y}" text-anchor="${anchor}" fill="#222">${words}</text>`;
}
