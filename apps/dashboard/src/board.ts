import type { Provider } from "@statuswire/config";
import type { Known } from "@statuswire/status";
import type { Store } from "@statuswire/store";

/** A provider that is configured or of which something is known. */
export interface Watched {
  id: string;
  name: string;
  page: string | undefined;
  format: string | undefined;
  /** Whether its format is only a guess by its address. */
  guessed: boolean;
  /** How often its page is read; undefined when it is not in the configuration any more. */
  everySeconds: number | undefined;
  known: Known;
}

/** What is known of every provider, read once for all who ask at the same time. */
export interface Board {
  /** In order of id. */
  all(): Promise<Watched[]>;
  one(id: string): Promise<Watched | undefined>;
  /** Drops what is at hand about a provider: something has happened to it. */
  forget(id: string): void;
}

interface Dependencies {
  store: Pick<Store, "providers" | "known">;
  /** The configured ones, as they are now. */
  providers(): readonly Provider[];
  now(): number;
}

interface Reading {
  known: Promise<Known>;
  at: number;
}

/** Events make us forget at once; what changes without an event, such as the time of the last reading, may be this old. */
const freshMs = 2000;

/** The board over the store, with the names that the configuration gives. */
export function createBoard({ store, providers, now }: Dependencies): Board {
  const configured = indexed(providers);
  const atHand = new Map<string, Reading>();

  function known(id: string): Promise<Known> {
    const last = atHand.get(id);
    if (last && now() - last.at < freshMs) return last.known;
    const reading = { known: store.known(id), at: now() };
    atHand.set(id, reading);
    reading.known.catch(() => atHand.delete(id));
    return reading.known;
  }

  async function watched(id: string): Promise<Watched> {
    const provider = configured().get(id);
    const what = await known(id);
    return {
      id,
      name: provider?.name ?? what.page.name ?? id,
      page: provider?.page ?? what.page.url,
      format: provider?.format,
      guessed: provider?.guessed ?? false,
      everySeconds: provider?.everySeconds,
      known: what,
    };
  }

  async function ids(): Promise<string[]> {
    return [...new Set([...configured().keys(), ...(await store.providers())])].sort();
  }

  return {
    all: async () => Promise.all((await ids()).map(watched)),
    one: async (id) => ((await ids()).includes(id) ? watched(id) : undefined),
    forget: (id) => void atHand.delete(id),
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
