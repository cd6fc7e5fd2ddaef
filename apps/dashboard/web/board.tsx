import { createContext, use, useEffect, useState, useSyncExternalStore } from "react";
import type { Live, LiveState } from "./live.ts";
import { type Resource, type Resources, useResource } from "./resources.ts";

/** What whoever looks at the page may do, and whether they can log out. */
export interface Visitor {
  scope: "read" | "write";
  hasSession: boolean;
}

interface Board {
  resources: Resources;
  live: Live;
  visitor: Visitor;
}

/** What every part of the page draws from. */
export const BoardContext = createContext<Board | undefined>(undefined);

function useBoard(): Board {
  const board = use(BoardContext);
  if (!board) throw new Error("This part of the page stands outside of BoardContext.");
  return board;
}

/** The API's answer to a URL; see useResource. */
export function useAnswer<Data>(url: string): Resource<Data> {
  return useResource(useBoard().resources, url);
}

/** Asks again for everything that is shown. */
export function useRefresh(): () => void {
  return useBoard().resources.refresh;
}

/** Who looks at the page. */
export function useVisitor(): Visitor {
  return useBoard().visitor;
}

/** The newest events and whether they are the newest still. */
export function useLive(): LiveState {
  const { live } = useBoard();
  return useSyncExternalStore(live.listen, live.state);
}

const tickMs = 10_000;

/** The time (epoch ms), every ten seconds. It stands still while the connection is lost: what it would date is old. */
export function useNow(): number {
  const { lostAt } = useLive();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return lostAt ?? now;
}
