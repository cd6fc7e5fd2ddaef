import { dateInWords, daysOf, declaredOn, hasTrouble, uptimeInWords } from "../days.ts";
import { Link, places } from "../routing.tsx";
import type { HistoryView, ProviderHistory, ProviderSummary } from "../views.ts";
import { DayBar } from "./day-bar.tsx";
import { useDaysShown } from "./days-shown.ts";

interface Props {
  provider: Pick<ProviderSummary, "id" | "name">;
  history: ProviderHistory;
}

/** A provider's last 90 days, the figure that they make, and how it is made. */
export function UptimeSection({ provider, history }: Props) {
  const { id, name } = provider;
  const shown = useDaysShown();
  return (
    <section aria-labelledby="uptime">
      <div className="section-top">
        <h2 id="uptime">Last {shown} days</h2>
        <span className="quiet">{uptimeInWords(history)}</span>
      </div>
      <DayBar name={name} history={history} provider={id} />
      <Legend />
      <HowCounted method={history.method} coverageMeans={history.coverageMeans} />
      <AsTable provider={id} history={history} />
    </section>
  );
}

const keys = [
  { look: "low", state: "operational", word: "operational" },
  { look: "third", state: "degraded_performance", word: "degraded" },
  { look: "two-thirds", state: "partial_outage", word: "partial outage" },
  { look: "whole", state: "major_outage", word: "major outage" },
  { look: "hatch", state: "under_maintenance", word: "maintenance" },
  { look: "empty", state: "unknown", word: "nobody looked" },
] as const;

/** What the columns mean. */
export function Legend() {
  return (
    <ul className="legend quiet" aria-label="What the columns mean">
      {keys.map(({ look, state, word }) => (
        <li key={state}>
          <span data-state={state} className={`key ${look}`} aria-hidden="true" /> {word}
        </li>
      ))}
    </ul>
  );
}

/** How the figures are made, for who wants to know. */
export function HowCounted({ method, coverageMeans }: Pick<ProviderHistory, "method" | "coverageMeans">) {
  return (
    <details className="quiet">
      <summary>How this is counted</summary>
      <p>{method}</p>
      <p>{coverageMeans}</p>
      <p>A column shows the worst that was declared on its day.</p>
    </details>
  );
}

function AsTable({ provider, history }: { provider: string; history: HistoryView }) {
  const days = daysOf(history).toReversed();
  return (
    <details className="quiet">
      <summary>As a table</summary>
      <div className="scrolling" tabIndex={0} role="region" aria-label="Days">
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">What was declared</th>
              <th scope="col">Observed</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.date}>
                <th scope="row">
                  {hasTrouble(day) ? (
                    <Link href={places.day(provider, day.date)}>{dateInWords(day.date)}</Link>
                  ) : (
                    dateInWords(day.date)
                  )}
                </th>
                <td>{declaredOn(day)}</td>
                <td>{Math.round((day.observed / Math.max(1, day.passed)) * 100)} %</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
