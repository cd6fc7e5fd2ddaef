import type { Incident, Snapshot, Update } from "@statuswire/status";
import { z } from "zod";
import { epochSeconds, monthNamed, zoneMinutes } from "../dates.ts";
import {
  coverage,
  defined,
  history,
  id,
  identity,
  isReadable,
  instant,
  list,
  numbered,
  requiredList,
  silent,
  text,
} from "../payload.ts";
import { code, component, componentsOf, incidentStatus, type Service, worstImpact } from "./aws-parts.ts";

const minute = 60_000;
const halfYear = 183 * 24 * 60 * minute;
/** More than any event's; also what bounds the work on a hostile one. */
const longestDescription = 256 * 1024;

const EventPart = z.object({
  service: id,
  service_name: z.string(),
  summary: z.string(),
  date: epochSeconds,
  status: code,
  description: text,
});
type EventPart = z.infer<typeof EventPart>;

function serviceOf({ service, service_name, status }: EventPart): Service {
  return { id: service, name: service_name, code: status };
}

// It has no id. The code stays that of the worst; only the summary, or the archive, says that it is over.
function incident(event: EventPart, isPast: boolean): Incident {
  const updates = updatesOf(event.description ?? "", event.date);
  const updatedAt = updates.at(-1)?.at;
  const isOver = isPast || /^\s*\[RESOLVED\]/i.test(event.summary);
  const status = isOver ? "resolved" : incidentStatus(event.status);
  const { id, name, ...state } = component(serviceOf(event));
  return {
    id: identity(event.service, event.date),
    title: event.summary.replace(/^\s*\[RESOLVED\]\s*/i, ""),
    status,
    impact: worstImpact([event.status]),
    startedAt: event.date,
    components: [isOver ? { id, name } : { id, name, ...state }],
    updates,
    ...defined({ updatedAt, resolvedAt: status === "resolved" ? updatedAt : undefined }),
  };
}

// Times stand only in the text, in Pacific time: those of the event's first day without a date.
function updatesOf(html: string, startedAt: string): Update[] {
  const posts = html
    .slice(0, longestDescription)
    .split(/<span class="yellowfg">/i)
    .slice(1)
    .flatMap((chunk) => {
      const [when = "", ...rest] = chunk.split(/<\/span>/i);
      const at = timeOf(when, startedAt);
      const body = rest
        .join("")
        .replace(/^&nbsp;/, "")
        .replace(/<\/div>[^]{0,20}$/i, "");
      return at === undefined ? [] : [{ status: "", body: body.replace(/<div>\s*$/i, "").trim(), at }];
    });
  return history(numbered(posts));
}

function timeOf(when: string, startedAt: string): string | undefined {
  const [, monthName, day, hour, minutes, half = "", zone = ""] =
    /^\s*(?:([a-z]{3})\s+(\d{1,2}),\s+)?(\d{1,2}):(\d{2})\s+(AM|PM)\s+([a-z]{3})\s*$/i.exec(when) ?? [];
  const offset = zoneMinutes(zone);
  if (offset === undefined) return undefined;
  const start = new Date(Date.parse(startedAt) + offset * minute);
  const month = monthName === undefined ? start.getUTCMonth() : monthNamed(monthName);
  if (month === undefined) return undefined;
  const hours = (Number(hour) % 12) + (half.toUpperCase() === "PM" ? 12 : 0);
  const wall = Date.UTC(start.getUTCFullYear(), month, Number(day ?? start.getUTCDate()), hours, Number(minutes));
  // An event of December goes on in January.
  const isNextYear = wall < start.getTime() - halfYear;
  return instant((isNextYear ? yearAfter(wall) : wall) - offset * minute);
}

function yearAfter(ms: number): number {
  const date = new Date(ms);
  return date.setUTCFullYear(date.getUTCFullYear() + 1);
}

/** status.aws.amazon.com/data.json, as mirrors keep it. */
export const Legacy = z
  .object({
    current: requiredList(EventPart).refine(isReadable, "nothing in it could be read"),
    archive: list(EventPart),
  })
  .transform(({ current, archive }): Snapshot => {
    const said = coverage(current);
    return {
      ...silent,
      page: {},
      coverage: { components: said, incidents: said, maintenances: "partial" },
      components: componentsOf(current.entries.map(serviceOf)),
      incidents: [
        ...current.entries.map((event) => incident(event, false)),
        ...archive.entries.map((event) => incident(event, true)),
      ],
    };
  });
