import { keys } from "@statuswire/store";
import type { Redis } from "ioredis";
import type { Ledger } from "./ledger.ts";

/** A breakage done on purpose, from outside, and the figure of the account that has to show it. */
export interface Control {
  about: string;
  shows: keyof Ledger;
  /** Stands in front of what listens at a URL; returns where it listens itself. */
  before?: "ingest" | "sink";
  /** Whether every worker works on all partitions. */
  areSpread?: boolean;
  /** What it does to the system once all is told and quiet. */
  tamper?(redis: Redis): Promise<void>;
}

/** Each figure's own control: a check that nobody has seen fail proves nothing. */
export const controls: Readonly<Record<string, Control>> = {
  "ack-before-write": {
    about: "a door in front of ingest says 202 itself, and passes two in three on",
    shows: "lost",
    before: "ingest",
  },
  "double-events": {
    about:
      "a second writer appends some events once more, as a plain diff-then-append does when it dies in between",
    shows: "doubled",
    tamper: appendAgain,
  },
  "spread-workers": {
    about: "every worker holds all partitions, so that several work on one provider at once",
    shows: "outOfOrder",
    areSpread: true,
  },
  "edited-state": {
    about: "somebody moves an incident in what is known, past the log",
    shows: "wrongStates",
    tamper: moveAnIncident,
  },
  "deaf-sink": {
    about: "a door in front of the sink says 204 itself, and passes two in three on",
    shows: "deliveriesMissing",
    before: "sink",
  },
  "no-ledger": {
    about: "the notes of what was delivered are gone, and the log is dispatched anew",
    shows: "deliveriesDoubled",
    tamper: forgetDeliveries,
  },
};

async function appendAgain(redis: Redis): Promise<void> {
  const entries = await redis.xrange(keys.events, "-", "+", "COUNT", 3);
  for (const [, fields] of entries) await redis.xadd(keys.events, "*", ...fields);
}

async function moveAnIncident(redis: Redis): Promise<void> {
  for (const provider of await redis.smembers(keys.providers)) {
    const known = await redis.hgetall(keys.known(provider));
    const [field, json] = Object.entries(known).find(([name]) => name.startsWith("incidents:")) ?? [];
    if (field === undefined || json === undefined) continue;
    const incident = JSON.parse(json) as { status: string }; // Our own hash.
    const status = incident.status === "monitoring" ? "identified" : "monitoring";
    await redis.hset(keys.known(provider), field, JSON.stringify({ ...incident, status }));
    return;
  }
}

async function forgetDeliveries(redis: Redis): Promise<void> {
  for (const pattern of ["{sw}:delivered:*", "{sw}:told:*", "{sw}:deliveries:delivery-*"]) {
    const found = await redis.keys(pattern);
    if (found.length) await redis.del(...found);
  }
  await redis.xgroup("SETID", keys.events, "dispatch", "0");
}
