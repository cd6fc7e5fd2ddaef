import type { EventView } from "./views.ts";

/** What the page knows of the log, and whether it still hears of it. */
export interface LiveState {
  connection: "connecting" | "live" | "lost";
  /** When the server was last heard (epoch ms), once the connection is lost; absent while it holds. */
  lostAt: number | undefined;
  /** The newest events, newest first. */
  events: readonly EventView[];
}

export interface Live {
  state(): LiveState;
  listen(onChange: () => void): () => void;
}

interface Options {
  /** The events that came with the page, oldest first. */
  events: readonly EventView[];
  /** The place in the log after which to go on. */
  from: string;
  /** Called when something has happened, and when a lost connection is back. */
  onNews(): void;
}

const kept = 100;
const retryMs = 2000;
/** The server sends a beat every 8 s. A connection that misses two is lost, also when no error says so. */
const silentMs = 18_000;

/** Follows the log. A lost connection is taken up again after the last event that came through. */
export function openLive({ events, from, onNews }: Options): Live {
  const listeners = new Set<() => void>();
  let state: LiveState = { connection: "connecting", lostAt: undefined, events: events.toReversed() };
  let head = from;
  // The page itself has just come from the server.
  let heardAt = Date.now();
  let source: EventSource;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  function change(next: Partial<LiveState>): void {
    state = { ...state, ...next };
    for (const onChange of listeners) onChange();
  }

  function alive(): void {
    heardAt = Date.now();
    watch();
  }

  function watch(): void {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => again(0), silentMs);
  }

  function connect(): void {
    source = new EventSource(`/api/v1/stream?after=${encodeURIComponent(head)}`);
    watch();
    source.onopen = () => {
      alive();
      if (state.connection === "lost") onNews();
      change({ connection: "live", lostAt: undefined });
    };
    source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
      alive();
      head = lastEventId;
      change({ events: [JSON.parse(data) as EventView, ...state.events].slice(0, kept) });
      onNews();
    };
    source.addEventListener("beat", ({ lastEventId }) => {
      alive();
      head = lastEventId;
    });
    source.addEventListener("config", () => {
      alive();
      onNews();
    });
    // The browser tries again by itself after a cut, and gives up after a refusal.
    source.onerror = () => {
      lose();
      if (source.readyState === EventSource.CLOSED) again(retryMs);
    };
  }

  function again(delayMs: number): void {
    source.close();
    clearTimeout(watchdog);
    lose();
    setTimeout(connect, delayMs);
  }

  function lose(): void {
    change({ connection: "lost", lostAt: heardAt });
  }

  connect();
  return {
    state: () => state,
    listen(onChange) {
      listeners.add(onChange);
      return () => void listeners.delete(onChange);
    },
  };
}
