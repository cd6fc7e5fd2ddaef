import type { Provider } from "@statuswire/config";
import { type ComponentStatus, type Incident, isOver, type Known, type Stale, stateOf } from "@statuswire/status";
import type { Store } from "@statuswire/store";

/** A provider as the page and the API show it. */
export interface Row {
  id: string;
  name: string;
  page: string | undefined;
  format: string | undefined;
  state: ComponentStatus;
  /** Since when and why it can't be relied on; absent while it is fresh. */
  stale: Stale | undefined;
  /** When a poll last told something new about it. */
  readAt: string | undefined;
  incidents: Incident[];
}

interface Dependencies {
  store: Store;
  providers: readonly Provider[];
}

/** Every provider that is configured or of which something is known, in order of name. */
export async function readBoard({ store, providers }: Dependencies): Promise<Row[]> {
  const configured = new Map(providers.map((provider) => [provider.id, provider]));
  const ids = [...new Set([...configured.keys(), ...(await store.providers())])].sort();
  return Promise.all(ids.map(async (id) => rowOf(id, configured.get(id), await store.known(id))));
}

function rowOf(id: string, provider: Provider | undefined, known: Known): Row {
  return {
    id,
    name: provider?.name ?? known.page.name ?? id,
    page: provider?.page ?? known.page.url,
    format: provider?.format,
    state: stateOf(known),
    stale: known.page.stale,
    readAt: known.page.readAt,
    incidents: [...known.incidents.values()].filter((incident) => !isOver(incident)),
  };
}
