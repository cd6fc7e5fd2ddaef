import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { shownState } from "../../src/views/headline.ts";
import { useAnswer } from "../board.tsx";
import { historyOf, uptimeInWords } from "../days.ts";
import { Link, places } from "../routing.tsx";
import type { ComponentStatus, Histories, HistoryView, ProviderSummary } from "../views.ts";
import { counted } from "../words.ts";
import { DayBar } from "./day-bar.tsx";
import { useDaysShown } from "./days-shown.ts";
import { Moment } from "./moment.tsx";
import { StateMark } from "./state-mark.tsx";
import { HowCounted, Legend } from "./uptime.tsx";

const urgency: readonly ComponentStatus[] = [
  "major_outage",
  "partial_outage",
  "degraded_performance",
  "under_maintenance",
  "unknown",
  "operational",
];

/** Every service in a row: trouble first, then what changed last, then by name. */
export function ServicesTable({ providers }: { providers: readonly ProviderSummary[] }) {
  const { data: history } = useAnswer<Histories>(historyOf("/api/v1"));
  const shown = useDaysShown();
  const byId = new Map(history?.providers.map((one) => [one.id, one]));
  const sorted = providers.toSorted(byUrgency);
  const { body, before, after, rows } = useRowsInView(sorted.length);
  return (
    <>
      <table className="services" aria-rowcount={sorted.length + 1}>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Service</th>
            <th scope="col">Now</th>
            <th scope="col">Last change</th>
            <th scope="col">Last {shown} days</th>
          </tr>
        </thead>
        <tbody ref={body}>
          <Space height={before} />
          {rows.map(({ index, measure }) => {
            const provider = sorted[index];
            return provider ? (
              <ServiceRow key={provider.id} {...{ provider, index, measure }} history={byId.get(provider.id)} />
            ) : null;
          })}
          <Space height={after} />
        </tbody>
      </table>
      <Legend />
      {history ? <HowCounted method={history.method} coverageMeans={history.coverageMeans} /> : null}
    </>
  );
}

/** Fewer rows than this are all there, for the browser's own search. */
const manyRows = 60;
const usualHeight = 45;

/** Which of many rows to draw: those in view and a few around them. */
function useRowsInView(count: number) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const offset = (body.current?.getBoundingClientRect().top ?? 0) + scrollY;
    if (Math.abs(offset - top) > 1) setTop(offset);
  });
  const virtualizer = useWindowVirtualizer({
    ...{ count, overscan: 12, scrollMargin: top },
    estimateSize: () => usualHeight,
    enabled: count > manyRows,
    initialRect: { width: innerWidth, height: innerHeight },
  });
  if (count <= manyRows)
    return {
      body,
      before: 0,
      after: 0,
      rows: Array.from({ length: count }, (_, index) => ({ index, measure: undefined })),
    };
  const items = virtualizer.getVirtualItems();
  const end = items.at(-1)?.end ?? top;
  return {
    body,
    before: (items[0]?.start ?? top) - top,
    after: virtualizer.getTotalSize() - (end - top),
    rows: items.map(({ index }) => ({ index, measure: virtualizer.measureElement })),
  };
}

function Space({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" className="space">
      <td colSpan={5} style={{ height }} />
    </tr>
  );
}

interface Row {
  provider: ProviderSummary;
  history: HistoryView | undefined;
  index: number;
  measure: ((row: HTMLTableRowElement | null) => void) | undefined;
}

function ServiceRow({ provider, history, index, measure }: Row) {
  const { id, name, changedAt } = provider;
  return (
    <tr aria-rowindex={index + 2} data-index={index} ref={measure}>
      <td>
        <StateMark state={shownState(provider)} />
      </td>
      <th scope="row">
        <Link href={places.provider(id)}>{name}</Link>
      </th>
      <td className="quiet">
        <Now provider={provider} />
      </td>
      <td className="quiet">{changedAt ? <Moment at={changedAt} /> : "—"}</td>
      <td className="days" title={history ? uptimeInWords(history) : undefined}>
        {history ? <DayBar name={name} history={history} provider={id} /> : null}
      </td>
    </tr>
  );
}

function Now({ provider }: { provider: ProviderSummary }) {
  const { stale, neverRead, openIncidents, componentCount } = provider;
  if (neverRead) return <>Never read: {neverRead.reason}</>;
  if (stale?.lastReadAt)
    return (
      <>
        Not reporting, last read <Moment at={stale.lastReadAt} />
      </>
    );
  if (openIncidents) return counted(openIncidents, "open incident");
  return componentCount ? counted(componentCount, "component") : null;
}

function byUrgency(one: ProviderSummary, other: ProviderSummary): number {
  return (
    urgency.indexOf(shownState(one)) - urgency.indexOf(shownState(other)) ||
    (shownState(one) === "operational" ? 0 : (other.changedAt ?? "").localeCompare(one.changedAt ?? "")) ||
    one.name.localeCompare(other.name)
  );
}
