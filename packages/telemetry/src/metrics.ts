import { collectDefaultMetrics, Counter, Gauge, Registry } from "prom-client";

export { Counter, Gauge };

/** A registry of one process's figures, with Node's own among them. Labels come from configuration; where they come from payloads, they are bounded there. */
export function createRegistry(): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register;
}
export type { Registry };
