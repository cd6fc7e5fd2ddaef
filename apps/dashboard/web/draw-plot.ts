import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { type Plotted, stacked } from "./plots.ts";

interface Drawing {
  plotted: Plotted;
  /** The colour of each series. */
  colours: readonly string[];
  /** Axes and their words; the lines behind. */
  ink: string;
  lines: string;
  inWords(value: number): string;
  /** Hears which value is pointed at. */
  onPoint(at: number | undefined): void;
}

const font = "12px system-ui, sans-serif";

/** Draws figures into an element, as large as it is. Gives back how to take the drawing away. */
export function drawPlot(into: HTMLElement, drawing: Drawing): () => void {
  const size = () => ({ width: into.clientWidth, height: into.clientHeight });
  const plot = new uPlot({ ...size(), ...optionsFor(drawing) }, dataOf(drawing.plotted), into);
  const resized = new ResizeObserver(() => plot.setSize(size()));
  resized.observe(into);
  return () => {
    resized.disconnect();
    plot.destroy();
  };
}

// The highest is drawn first, and what stands below it over it.
function dataOf({ times, series, span }: Plotted): uPlot.AlignedData {
  const rows = span === undefined ? series.map(({ values }) => [...values]) : stacked(series).toReversed();
  return [[...times], ...rows];
}

function optionsFor({
  plotted,
  colours,
  ink,
  lines,
  inWords,
  onPoint,
}: Drawing): Omit<uPlot.Options, "width" | "height"> {
  const { span, times } = plotted;
  const axis: uPlot.Axis = {
    stroke: ink,
    font,
    grid: { stroke: lines, width: 1 },
    ticks: { stroke: lines, width: 1 },
  };
  const drawn = span === undefined ? colours.map(points) : colours.toReversed().map(bars);
  return {
    padding: [8, null, null, null],
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false, points: { show: span === undefined } },
    scales: {
      x: { range: () => ends(times, span) },
      y: { range: (_plot, _least, most) => [0, Math.max(1, most * 1.08)] },
    },
    axes: [
      { ...axis, grid: { show: false }, space: 64, values: (_plot, ticks) => ticks.map(tickName) },
      { ...axis, size: 64, incrs: steps, values: (_plot, values) => values.map(inWords) },
    ],
    series: [{}, ...drawn],
    hooks: { setCursor: [({ cursor: { idx, left = -1 } }) => onPoint(left < 0 ? undefined : (idx ?? undefined))] },
  };
}

// By ones, twos and fives, and by what makes whole minutes, hours and days.
const steps = [
  ...[1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400],
  1e6,
  1e7,
];

const asDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const asTime = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** What a tick says: the day at its beginning, and the time of day elsewhere. */
function tickName(tick: number): string {
  const name = asTime.format(tick * 1000);
  const seconds = tick % 60;
  if (seconds) return `${name}:${String(seconds).padStart(2, "0")}`;
  return name === "00:00" ? asDay.format(tick * 1000) : name;
}

function ends(times: readonly number[], span = 0): [number, number] {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  // A single moment needs room on both sides.
  const room = span || last > first ? 0 : 60;
  return [first - room, last + span + room];
}

function bars(colour: string): uPlot.Series {
  const paths = uPlot.paths.bars?.({ align: 1, size: [0.8, 28] });
  return { fill: colour, stroke: colour, width: 0, points: { show: false }, ...(paths ? { paths } : {}) };
}

function points(colour: string): uPlot.Series {
  return { paths: () => null, points: { show: true, size: 7, fill: colour, stroke: colour } };
}
