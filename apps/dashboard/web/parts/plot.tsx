import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { type Plotted, rowsOf, sumOf } from "../plots.ts";

interface Props {
  title: string;
  /** What the plot shows, in a sentence. */
  summary: string;
  plotted: Plotted;
  /** The level of its heading. */
  level?: "h2" | "h3";
  /** Whether its times are beginnings of days. */
  isDaily?: boolean;
  size?: "small";
  inWords(value: number): string;
}

/** Figures over time: said in a sentence, drawn, and as a table. The drawing is for the eye alone. */
export function Plot({ title, summary, plotted, level: Title = "h3", isDaily = false, size, inWords }: Props) {
  const isEmpty = !plotted.times.length || (plotted.span !== undefined && !plotted.series.some(sumOf));
  return (
    <figure className="plot" data-size={size}>
      <figcaption>
        <Title>{title}</Title>
        <p className="quiet">{summary}</p>
      </figcaption>
      {isEmpty ? null : (
        <>
          <Drawn plotted={plotted} isDaily={isDaily} inWords={inWords} />
          <AsTable {...{ title, plotted, isDaily, inWords }} />
        </>
      )}
    </figure>
  );
}

type DrawnProps = Pick<Props, "plotted" | "inWords"> & { isDaily: boolean };

function Drawn({ plotted, isDaily, inWords }: DrawnProps) {
  const area = useRef<HTMLDivElement>(null);
  const keys = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState<number>();
  const look = useLook();
  const figures = JSON.stringify(plotted);

  useEffect(() => {
    let takeAway: (() => void) | undefined;
    let isGone = false;
    const draw = async () => {
      const { drawPlot } = await import("../draw-plot.ts");
      if (isGone || !area.current || !keys.current) return;
      takeAway = drawPlot(area.current, {
        ...coloursOf(area.current, keys.current),
        plotted,
        inWords,
        onPoint: setAt,
      });
    };
    // A newer version of us may have taken the place of what is asked for. The table says the same.
    draw().catch(() => undefined);
    return () => {
      isGone = true;
      takeAway?.();
    };
    // The same figures in a new answer are no reason to draw again; new colours are.
  }, [figures, look]);

  return (
    <div aria-hidden="true">
      <ul className="legend quiet" ref={keys}>
        {plotted.series.map(({ name, look }, _index, { length }) => (
          <li key={name} className={length > 1 ? undefined : "hidden"}>
            <span className="key plot-key" data-state={look} /> {name}
          </li>
        ))}
        <li className="plot-at">{at === undefined ? null : pointedAt(plotted, { at, isDaily, inWords })}</li>
      </ul>
      <div className="plot-area" ref={area} />
    </div>
  );
}

function pointedAt(
  { times, series, span }: Plotted,
  { at, isDaily, inWords }: { at: number; isDaily: boolean; inWords(value: number): string },
): string {
  const said = series.flatMap(({ name, values }) => {
    const value = values[at] ?? 0;
    return value || span === undefined ? [`${name.toLowerCase()} ${inWords(value)}`] : [];
  });
  return `${timeInWords(times[at] ?? 0, isDaily)}: ${said.join(", ") || "none"}`;
}

const asDay = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
const asTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

function timeInWords(time: number, isDaily: boolean): string {
  return (isDaily ? asDay : asTime).format(time * 1000);
}

/** The colours that the page's styles give, whatever the theme, and where the reader's system picks them. */
function coloursOf(area: HTMLElement, keys: HTMLElement) {
  return {
    colours: [...keys.querySelectorAll(".plot-key")].map((key) => getComputedStyle(key).backgroundColor),
    ink: getComputedStyle(area).color,
    lines: getComputedStyle(area).borderTopColor,
  };
}

/** Changes whenever the page's colours do. */
function useLook(): string {
  return useSyncExternalStore(listenToLook, () =>
    [...lookQueries.map((query) => matchMedia(query).matches), document.documentElement.dataset["theme"]].join(),
  );
}

const lookQueries = ["(prefers-color-scheme: dark)", "(forced-colors: active)"];

function listenToLook(onChange: () => void): () => void {
  const queries = lookQueries.map((query) => matchMedia(query));
  const theme = new MutationObserver(onChange);
  theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  for (const query of queries) query.addEventListener("change", onChange);
  return () => {
    theme.disconnect();
    for (const query of queries) query.removeEventListener("change", onChange);
  };
}

function AsTable({ title, plotted, isDaily, inWords }: DrawnProps & { title: string }) {
  return (
    <details className="quiet">
      <summary>As a table</summary>
      <div className="scrolling" tabIndex={0} role="region" aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{isDaily ? "Day" : "Time"}</th>
              {plotted.series.map(({ name }) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rowsOf(plotted).map(({ time, values }, index) => (
              <tr key={`${time} ${index}`}>
                <th scope="row">{timeInWords(time, isDaily)}</th>
                {values.map((value, at) => (
                  <td key={plotted.series[at]?.name}>{inWords(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
