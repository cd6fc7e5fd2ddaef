import { useAnswer } from "../board.tsx";
import type { LagView } from "../views.ts";
import { duration } from "../words.ts";
import { Answered } from "./answered.tsx";

interface Props {
  /** By its id; without one, all providers together. */
  provider?: string;
}

/** How long events took to be seen and to be delivered, over 7 and 30 days: of one provider, or of each sink. */
export function LagSection({ provider }: Props) {
  const url = provider === undefined ? "/api/v1/lag" : `/api/v1/lag?provider=${encodeURIComponent(provider)}`;
  return (
    <section aria-labelledby="lag">
      <h2 id="lag">Lag</h2>
      <Answered resource={useAnswer<{ lags: LagView[] }>(url)}>{({ lags }) => <Lags lags={lags} />}</Answered>
    </section>
  );
}

function Lags({ lags }: { lags: readonly LagView[] }) {
  const [first] = lags;
  if (!first) return <p className="quiet">No event has been timed in the last 30 days.</p>;
  return (
    <div className="scrolling" tabIndex={0} role="region" aria-label="How long events took">
      <table className="figures">
        <Head windows={first.windows} />
        <tbody>
          {lags.map((lag) => (
            <tr key={`${lag.step} ${lag.sink ?? ""}`}>
              <th scope="row">{stepOf(lag)}</th>
              {lag.windows.flatMap(({ days, events, p50Seconds, p95Seconds }) => [
                <td key={`events ${days}`}>{events.toLocaleString()}</td>,
                <td key={`p50 ${days}`}>{within(p50Seconds)}</td>,
                <td key={`p95 ${days}`}>{within(p95Seconds)}</td>,
              ])}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ windows }: Pick<LagView, "windows">) {
  return (
    <thead>
      <tr>
        <th rowSpan={2} scope="col">
          From, to
        </th>
        {windows.map(({ days }) => (
          <th key={days} colSpan={3} scope="colgroup">
            Last {days} days
          </th>
        ))}
      </tr>
      <tr>
        {windows.flatMap(({ days }) => [
          <th key={`events ${days}`} scope="col">
            Events
          </th>,
          <th key={`p50 ${days}`} scope="col">
            Half within
          </th>,
          <th key={`p95 ${days}`} scope="col">
            95 % within
          </th>,
        ])}
      </tr>
    </thead>
  );
}

function stepOf({ step, sink }: LagView): string {
  return step === "vendor_to_seen" ? "Vendor to us" : `Us to ${sink ?? "all sinks"}`;
}

/** A length of time that is known to 10 %: rounded up, since all were within it. */
function within(seconds: number | undefined): string {
  if (seconds === undefined) return "–";
  if (seconds < 1) return `${Math.ceil(seconds * 100) * 10}\u00a0ms`;
  if (seconds < 120) return `${seconds < 10 ? Math.ceil(seconds * 10) / 10 : Math.ceil(seconds)}\u00a0s`;
  return duration(Math.ceil(seconds / 60) * 60_000).replaceAll(" ", "\u00a0");
}
