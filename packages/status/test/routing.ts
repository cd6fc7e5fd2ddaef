import {
  type Counts,
  decide,
  type Decision,
  type Destination,
  type Event,
  type Known,
  type Noise,
} from "../src/index.ts";
import type { Origin, Routing, Rule } from "../src/index.ts";

const sinks: readonly Destination[] = [
  { name: "console", audience: "program" },
  { name: "team", audience: "people" },
  { name: "log", audience: "program" },
  { name: "pager", audience: "pager" },
];

const noise: Noise = {
  explained: true,
  flapping: { changes: 3, withinMs: 30 * 60_000 },
  together: { providers: 3 },
};

/** What decides where events go; without rules, unless some are given. */
export function routing(rules?: readonly Partial<Rule>[], quieter: Partial<Noise> = {}): Routing {
  const whole = rules?.map((given, index) => ({ ...plain, name: `rule ${index + 1}`, ...given }));
  return { rules: whole, noise: { ...noise, ...quieter }, sinks };
}

const plain: Rule = { name: "", match: {}, to: [], continue: false, mute: [], quiet: [] };

interface Circumstances {
  routing: Routing;
  known?: Known;
  origin?: Origin;
  counts?: Counts;
}

export function decisions(event: Event, { counts = new Map(), ...place }: Circumstances): Decision[] {
  return decide(event, { ...place, counts }).decisions;
}

/** The sinks that are told of an event at once. */
export function sentTo(event: Event, circumstances: Circumstances): string[] {
  return decisions(event, circumstances).flatMap(({ sink, verdict }) => (verdict === "tell" ? [sink] : []));
}
