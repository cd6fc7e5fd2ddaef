import { useAnswer, useNow } from "../board.tsx";
import { eventsPerHour, firstHour, lagOverTime, minutesPerDay, type Plotted, sumOf } from "../plots.ts";
import type { EventView, HistoryView } from "../views.ts";
import { counted, duration } from "../words.ts";
import { Plot } from "./plot.tsx";

/** How long a provider was in trouble, day by day. */
export function MinutesPlot({ history }: { history: HistoryView }) {
  const plotted = minutesPerDay(history);
  const said = plotted.series.flatMap((one) => {
    const minutes = sumOf(one);
    return minutes ? [`${one.name.toLowerCase()} ${minutesInWords(minutes)}`] : [];
  });
  const summary = said.length
    ? `In the last ${counted(plotted.times.length, "day")}, altogether: ${said.join(", ")}.`
    : `Nothing was declared in the last ${counted(plotted.times.length, "day")}.`;
  return <Plot title="Minutes of trouble per day" isDaily {...{ summary, plotted }} inWords={minutesInWords} />;
}

function minutesInWords(minutes: number): string {
  return minutes ? duration(minutes * 60_000) : "0";
}

const most = 500;

/** How far behind the vendor we were with each of a provider's latest events. */
export function LagPlot({ provider }: { provider: string }) {
  const { data } = useAnswer<{ events: EventView[] }>(
    `/api/v1/events?limit=${most}&provider=${encodeURIComponent(provider)}`,
  );
  const plotted = lagOverTime(data?.events ?? []);
  return (
    <Plot
      title="Behind the vendor"
      summary={lagInWords(plotted)}
      plotted={plotted}
      inWords={(seconds) => duration(seconds * 1000)}
    />
  );
}

function lagInWords({ series }: Plotted): string {
  const lags = (series[0]?.values ?? []).toSorted((one, other) => one - other);
  const [middle, slowest] = [lags[Math.floor(lags.length / 2)], lags.at(-1)];
  if (middle === undefined || slowest === undefined) return "There is nothing to measure by yet.";
  return `Of ${counted(lags.length, "event")}, half were seen within ${secondsInWords(middle)} of the vendor’s own time, the slowest within ${secondsInWords(slowest)}.`;
}

function secondsInWords(seconds: number): string {
  return seconds ? duration(seconds * 1000) : "a second";
}

const hours = 48;

/** How many events came hour by hour, of those that a filter of the log wants. */
export function EventsPlot({ wanted, ...look }: { wanted: string; size?: "small"; level?: "h2" }) {
  const now = useNow();
  const since = new Date(firstHour({ hours, now }) * 1000).toISOString();
  const query = new URLSearchParams(wanted);
  // What is asked for may begin later.
  if ((query.get("since") ?? "") < since) query.set("since", since);
  query.set("limit", String(most));
  const { data } = useAnswer<{ events: EventView[]; previous: string | null }>(
    `/api/v1/events?${query.toString()}`,
  );
  const events = data?.events ?? [];
  const plotted = eventsPerHour(events, { hours, now });
  const isCut = events.length >= most && data?.previous !== null;
  const summary = isCut
    ? `Only the newest ${most} are counted here.`
    : `${counted(events.length, "event")} in the last ${hours} hours.`;
  return <Plot title="Events per hour" {...{ summary, plotted, ...look }} inWords={String} />;
}
