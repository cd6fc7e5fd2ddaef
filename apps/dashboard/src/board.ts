import type { Provider } from "@statuswire/config";
import { type Known, type NetworkState, ourselves, type PollState, stalenessOf } from "@statuswire/status";
import type { Networks, Reading, Readings, Store } from "@statuswire/store";

/** A provider that is in the configuration, or was. */
export interface Watched {
  id: string;
  name: string;
  page: string | undefined;
  format: string | undefined;
  /** What the configuration says of that, or its guess. */
  configuredFormat?: string | undefined;
  /** Whether it is in the configuration: of one that is not, there is only history. */
  isWatched: boolean;
  /** Whether its format is only a guess by its address. */
  guessed: boolean;
  /** How often its page is read; undefined when it is not in the configuration. */
  everySeconds: number | undefined;
  known: Known;
  /** How its page's polls have gone, where the page was never read or can't be read at present. */
  polling?: Reading | undefined;
}

/** What is known of every provider, read once for all who ask at the same time. */
export interface Board {
  /** Those in the configuration, in order of id. */
  all(): Promise<Watched[]>;
  one(id: string): Promise<Watched | undefined>;
  /** The same, with those that were removed from the configuration and of which something is known: for history. */
  ever(): Promise<Watched[]>;
  everOne(id: string): Promise<Watched | undefined>;
  /** Whether our own network is down. */
  network(): Promise<NetworkState>;
  /** Drops what is at hand about a provider: something has happened to it. */
  forget(id: string): void;
}

interface Dependencies {
  store: Pick<Store, "providers" | "known">;
  readings: Pick<Readings, "of" | "pollState">;
  networks: Pick<Networks, "of">;
  /** The configured ones, as they are now. */
  providers(): readonly Provider[];
  now(): number;
}

interface Facts {
  known: Known;
  polls: PollState;
  polling?: Reading | undefined;
}

interface AtHand<Value> {
  value: Promise<Value>;
  at: number;
}

/** Events make us forget at once; what changes without an event, such as the time of the last reading, may be this old. */
const freshMs = 2000;

/** The board over the store, with the names that the configuration gives. */
export function createBoard({ store, readings, networks, providers, now }: Dependencies): Board {
  const configured = indexed(providers);
  const atHand = new Map<string, AtHand<Facts>>();
  const networkAtHand = new Map<string, AtHand<NetworkState>>();

  function fresh<Value>(
    memory: Map<string, AtHand<Value>>,
    id: string,
    ask: () => Promise<Value>,
  ): Promise<Value> {
    const last = memory.get(id);
    if (last && now() - last.at < freshMs) return last.value;
    const asked = { value: ask(), at: now() };
    memory.set(id, asked);
    asked.value.catch(() => memory.delete(id));
    return asked.value;
  }

  const network = () => fresh(networkAtHand, ourselves, networks.of);

  async function factsOf(id: string): Promise<Facts> {
    const [known, polls] = await Promise.all([store.known(id), readings.pollState(id)]);
    const isTroubled = known.page.readAt === undefined || known.page.stale !== undefined || polls.failures > 0;
    return { known, polls, polling: isTroubled ? await readings.of(id) : undefined };
  }

  async function watched(id: string): Promise<Watched> {
    const provider = configured().get(id);
    const [{ known, polls, polling }, own] = await Promise.all([fresh(atHand, id, () => factsOf(id)), network()]);
    const everySeconds = provider?.everySeconds;
    // A state becomes stale by the clock: no event may have said so yet.
    const stale = stalenessOf({ known, reading: polls, network: own, everySeconds, now: now() });
    return {
      id,
      name: provider?.name ?? known.page.name ?? id,
      page: provider?.page ?? known.page.url,
      // In which it was last read: a page may have moved to another than the configuration still says.
      format: provider && (known.page.format ?? provider.format),
      configuredFormat: provider?.format,
      isWatched: provider !== undefined,
      guessed: provider?.guessed ?? false,
      everySeconds,
      known: stale === known.page.stale ? known : { ...known, page: { ...known.page, stale } },
      polling,
    };
  }

  async function everyId(): Promise<string[]> {
    return [...new Set([...configured().keys(), ...(await store.providers())])].sort();
  }

  return {
    all: async () => Promise.all([...configured().keys()].sort().map(watched)),
    one: async (id) => (configured().has(id) ? watched(id) : undefined),
    ever: async () => Promise.all((await everyId()).map(watched)),
    everOne: async (id) => ((await everyId()).includes(id) ? watched(id) : undefined),
    network,
    forget(id) {
      atHand.delete(id);
      if (id === ourselves) networkAtHand.clear();
    },
  };
}

/** By id, anew only when they are others. */
function indexed(providers: () => readonly Provider[]): () => ReadonlyMap<string, Provider> {
  let last: readonly Provider[] = [];
  let byId = new Map<string, Provider>();
  return () => {
    const current = providers();
    if (current !== last) byId = new Map(current.map((provider) => [provider.id, provider]));
    last = current;
    return byId;
  };
}
