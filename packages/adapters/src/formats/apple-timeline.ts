import { z } from "zod";
import { has } from "../payload.ts";
import { epoch } from "./apple-services.ts";

const Event = z.record(z.string(), z.unknown());
const Sections = z.record(z.string(), z.record(z.string(), z.array(Event)));
const Timeline = z.array(Event);

/**
 * The shape of 2012 in that of today: a dashboard of services with what goes on, and a timeline of what is over, which
 * names its services in words of its own. Any other payload is given back as it is.
 */
export function modern(payload: unknown): unknown {
  if (!has(payload, "dashboard") || !has(payload, "detailedTimeline")) return payload;
  const sections = Sections.safeParse(payload.dashboard).data;
  const timeline = Timeline.safeParse(payload.detailedTimeline).data;
  const services = Object.values(sections ?? {}).flatMap((section) =>
    Object.entries(section).map(([serviceName, events]) => ({ serviceName, events: events.map(withStatus) })),
  );
  return {
    services,
    past: timeline?.map((event) => ({ serviceName: event.messageTitle, events: [withStatus(event)] })),
  };
}

function withStatus(event: z.infer<typeof Event>) {
  return { eventStatus: epoch.safeParse(event.epochEndDate).success ? "resolved" : "ongoing", ...event };
}
