import { type Day, isPartlySeen, markOf } from "../days.ts";

/** Units of the drawing: a column and the gap beside it, and how high it is. */
const column = 10;
const width = 7;
const height = 24;

/** How high each state stands, so that colour is never the only sign. */
const heights = { operational: 3, degraded_performance: 9, partial_outage: 16, major_outage: height } as const;
const states = ["operational", "degraded_performance", "partial_outage", "major_outage"] as const;

/** Days as columns: the worst that was declared by height and colour, maintenance as hatching on top, hollow where nobody looked. */
export function DayColumns({ days, chosen }: { days: readonly Day[]; chosen: number | undefined }) {
  return (
    <svg
      className="columns"
      viewBox={`0 0 ${days.length * column} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {chosen === undefined ? null : (
        <rect className="chosen" x={chosen * column - 1.5} y="0" width={column} height={height} />
      )}
      {states.map((state) => (
        <path
          key={state}
          data-state={state}
          d={blocks(days, (day) => (markOf(day) === state ? heights[state] : 0))}
        />
      ))}
      <path className="hollow" d={outlines(days)} />
      <path className="hatched" d={hatching(days)} />
    </svg>
  );
}

function blocks(days: readonly Day[], heightOf: (day: Day) => number): string {
  return days
    .map((day, index) => ({ high: heightOf(day), x: index * column }))
    .filter(({ high }) => high)
    .map(({ high, x }) => `M${x} ${height}v${-high}h${width}v${high}z`)
    .join("");
}

// Above what was declared, what nobody saw; days alike in one box.
function outlines(days: readonly Day[]): string {
  const boxes: { from: number; until: number; bottom: number }[] = [];
  days.forEach((day, index) => {
    const bottom = bottomOf(day);
    const last = boxes.at(-1);
    if (bottom === undefined) return;
    if (last?.bottom === bottom && last.until === index) last.until = index + 1;
    else boxes.push({ from: index, until: index + 1, bottom });
  });
  return boxes
    .map(({ from, until, bottom }) => {
      const [left, right] = [from * column + 1, until * column - column + width - 1];
      return `M${left} ${bottom}V1H${right}V${bottom}z`;
    })
    .join("");
}

function bottomOf(day: Day): number | undefined {
  const mark = markOf(day);
  if (mark === "unknown") return height - 1;
  return mark !== "major_outage" && isPartlySeen(day) ? height - heights[mark] - 2 : undefined;
}

function hatching(days: readonly Day[]): string {
  return days
    .map((day, index) => ({ day, x: index * column }))
    .filter(({ day }) => day.minutes.under_maintenance)
    .map(({ x }) => [2, 5, 8].map((y) => `M${x} ${y + 2}l${width} -4`).join(""))
    .join("");
}
