import type { Program } from "./process.ts";

/** Workers as they are, or each working on all partitions. */
export function dressed(program: Program, { index, areSpread }: { index: number; areSpread: boolean }): Program {
  return areSpread ? spread(program, index) : program;
}

/** A worker that works on all partitions beside the others: one of several that spread a provider over workers. A control. */
function spread(program: Program, index: number): Program {
  const preload = new URL("../../dist/processes/spread-main.js", import.meta.url).href;
  const env = {
    ...program.env,
    NODE_OPTIONS: `--import=${preload}`,
    LEASES_OF: String(index % 100).padStart(2, "0"),
  };
  return { ...program, env };
}
