import type { Config } from "@statuswire/config";
import { consoleName, type Event, type Routing } from "@statuswire/status";
import type { Log } from "@statuswire/store";

const batch = 1000;

/** All that the log holds, oldest first. */
export async function everything(log: Log): Promise<Event[]> {
  const events: Event[] = [];
  let seq: string | undefined;
  for (let next = await log.after(seq, batch); next.length; next = await log.after(seq, batch)) {
    events.push(...next);
    seq = next.at(-1)?.seq;
  }
  return events;
}

/** What decides where events go, as a configuration says. */
export function routingOf({ routing, sinks }: Config): Routing {
  const destinations = sinks.map(({ name, audience }) => ({ name, audience }));
  return { ...routing, sinks: [{ name: consoleName, audience: "program" }, ...destinations] };
}
