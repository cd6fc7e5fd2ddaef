import { consoleName } from "@statuswire/status";
import type { JobsOptions } from "bullmq";
import type { Delivery } from "./jobs.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long after each failed try the next one comes, in ms: what is told hours later is no use in a chat, but is in a program. */
const waits: Readonly<Record<NonNullable<Delivery["patience"]>, readonly number[]>> = {
  minutes: [2 * second, 10 * second, 30 * second, 2 * minute, 10 * minute, 20 * minute],
  hours: [2 * second, 10 * second, minute, 5 * minute, 15 * minute, hour, 3 * hour],
  day: [2 * second, 5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, 2 * hour, 6 * hour, 14 * hour],
};

type Patience = keyof typeof waits;

/** How a delivery is tried, where that differs from what its queue does: places of other people are down for longer than our output. */
export function patienceWith({ sink, patience = "hours" }: Pick<Delivery, "sink" | "patience">): JobsOptions {
  if (sink === consoleName) return {};
  return { attempts: waits[patience].length + 1, backoff: { type: patience } };
}

/** How long to wait after so many failed tries, in ms: up to a fifth sooner or later, so that not all come back at once. */
export function waitAfter(failures: number, patience: string | undefined): number {
  const schedule = isPatience(patience) ? waits[patience] : waits.hours;
  const usual = schedule[Math.min(failures, schedule.length) - 1] ?? second;
  return Math.round(usual * (0.8 + Math.random() * 0.4));
}

function isPatience(word: string | undefined): word is Patience {
  return word !== undefined && Object.hasOwn(waits, word);
}
