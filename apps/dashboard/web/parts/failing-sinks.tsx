import { useAnswer } from "../board.tsx";
import { Link } from "../routing.tsx";
import type { SinkView } from "../views.ts";
import { absolute } from "../words.ts";

/** The sinks at which no event arrives. */
function useFailingSinks(): SinkView[] {
  const { data } = useAnswer<{ sinks: SinkView[] }>("/api/v1/sinks");
  return data?.sinks.filter(({ state }) => state !== "ok") ?? [];
}

/** Says on every page that alerts do not arrive, where, since when and why. */
export function FailingSinksNotice() {
  const failing = useFailingSinks();
  if (!failing.length) return null;
  return (
    <div className="notice failing-sinks" role="status">
      <strong>Alerts do not arrive.</strong>
      <ul>
        {failing.map((sink) => (
          <li key={sink.name}>
            <Link href={`/deliveries?sink=${encodeURIComponent(sink.name)}`}>{sink.name}</Link> {sentenceOf(sink)}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How many sinks get no events, beside the name of the page that says more. */
export function FailingSinksBadge() {
  const { length } = useFailingSinks();
  if (!length) return null;
  return (
    <span className="badge" title={`${length} ${length === 1 ? "sink gets" : "sinks get"} no alerts`}>
      {length}
    </span>
  );
}

function sentenceOf({ name, state, refusals, since, reason }: SinkView): string {
  const what = state === "disabled" ? "is disabled" : refusals ? "refuses events" : "fails";
  const from = since === undefined ? "" : ` since ${absolute(Date.parse(since))}`;
  const fix = state === "disabled" ? ` To enable it again: npm run -s statuswire -- sinks enable ${name}` : "";
  return `${what}${from}${reason === undefined ? "." : `: ${reason}${/[.!?]$/.test(reason) ? "" : "."}`}${fix}`;
}
