import type { Program } from "./process.ts";

/** A worker that works on all partitions beside the others: one of several that spread a provider over workers. A control. */
export function spread(program: Program, index: number): Program {
  const preload = new URL("../../dist/processes/spread-main.js", import.meta.url).href;
  const env = {
    ...program.env,
    NODE_OPTIONS: `--import=${preload}`,
    LEASES_OF: String(index % 100).padStart(2, "0"),
  };
  return { ...program, env };
}
