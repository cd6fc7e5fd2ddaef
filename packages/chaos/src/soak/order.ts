import type { Event } from "@statuswire/status";
import { grouped } from "../rig/grouped.ts";
import { compareOrder, compareOrders, type OrderFindings, wordsByProvider } from "../rig/ordered.ts";
import type { Evidence } from "./evidence.ts";
import { isPolled, providers } from "./providers.ts";

type Posted = Pick<Evidence, "pages" | "events" | "inOrder">;

/**
 * Compares the log with what was posted. Of a provider whose webhooks were accepted one after another, each is one event, and all are
 * in that order. Of one that we poll, the updates of each incident are in the order in which they were published.
 */
export function orderOf({ pages, events, inOrder }: Posted): OrderFindings {
  const said = events.filter(({ inferred }) => !inferred);
  const told = wordsByProvider(said, wordsOf);
  const posted = new Map([...inOrder].map(([provider, bodies]) => [provider, bodies.map(wordsIn)]));
  const order = compareOrders(posted, new Map([...told].filter(([provider]) => inOrder.has(provider))));
  const polled = providers.filter(isPolled).map(({ id }) => id);
  const updatesOutOfOrder = polled.flatMap((provider) => {
    const byIncident = grouped(
      said.filter((event) => event.provider === provider),
      ({ incident }) => incident?.id ?? "",
    );
    return (pages.get(provider)?.incidents ?? []).flatMap(({ id, updates }) => {
      const published = updates.map(({ body }) => body);
      return compareOrder(published, (byIncident.get(id) ?? []).map(wordsOf)).outOfOrder;
    });
  });
  return { ...order, outOfOrder: [...order.outOfOrder, ...updatesOutOfOrder] };
}

function wordsOf({ component, status }: Event): string {
  return component ? `${component.name} is ${component.status}` : status;
}

/** The same of a webhook's body. */
function wordsIn(body: string): string {
  const { incident, component } = JSON.parse(body) as {
    incident?: { incident_updates: { body: string }[] };
    component?: { name: string; status: string };
  }; // What the simulator makes.
  return component ? `${component.name} is ${component.status}` : (incident?.incident_updates[0]?.body ?? "");
}
