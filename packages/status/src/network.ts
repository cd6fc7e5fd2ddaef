import { keyOf } from "./change.ts";
import type { Change } from "./event.ts";

/** The provider that events about ourselves name. */
export const ourselves = "statuswire";

const product = "Statuswire network";

interface Lost {
  /** ISO 8601. */
  at: string;
  /** How many hosts can't be reached, of so many. */
  down: number;
  hosts: number;
}

/** Most hosts can't be reached any more, all at the same time: it is our own network. */
export function networkLost({ at, down, hosts }: Lost): Change {
  const status =
    `Our own network is down: ${down} of ${hosts} hosts cannot be reached. ` +
    "All services are unknown until they can. Check the connection, the name server and the firewall of this machine.";
  return { ...change("network.lost", status, at), key: keyOf("network.lost", at) };
}

/** Hosts can be reached again. */
export function networkRestored({ at, lostAt }: { at: string; lostAt: string }): Change {
  const minutes = Math.max(1, Math.round((Date.parse(at) - Date.parse(lostAt)) / 60_000));
  const status = `Our own network is back after ${minutes} ${minutes === 1 ? "minute" : "minutes"}. Services are read again.`;
  return { ...change("network.restored", status, at), key: keyOf("network.restored", at) };
}

function change(
  type: "network.lost" | "network.restored",
  status: string,
  timestamp: string,
): Omit<Change, "key"> {
  return { type, product, status, timestamp, initial: false, inferred: true };
}
