import { waitUntil } from "@statuswire/testing";

/** Takes the time from sending something to hearing of it again, by a name that both ends know. */
export interface RoundTrips {
  sent(name: string): void;
  /** Takes text as it comes from a stream: lines, each of which holds a name. */
  heard(text: string): void;
  /** Milliseconds that each took, once all are back. */
  all(): Promise<number[]>;
}

const backMs = 60_000;

/** @param nameIn finds the name in a line; undefined where there is none. */
export function createRoundTrips(nameIn: (line: string) => string | undefined): RoundTrips {
  const sentAt = new Map<string, number>();
  const took = new Map<string, number>();
  let rest = "";
  return {
    sent: (name) => void sentAt.set(name, performance.now()),
    heard(text) {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const name = nameIn(line);
        const at = name === undefined ? undefined : sentAt.get(name);
        if (name !== undefined && at !== undefined && !took.has(name)) took.set(name, performance.now() - at);
      }
    },
    async all() {
      await waitUntil("everything to be back", () => took.size >= sentAt.size, backMs);
      return [...took.values()];
    },
  };
}
