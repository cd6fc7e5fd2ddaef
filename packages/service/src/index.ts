export * from "./buckets.ts";
export * from "./environment.ts";
export * from "./health.ts";
export * from "./listen.ts";
export * from "./loopback.ts";
export * from "./problems.ts";
export * from "./process.ts";
export * from "./redis-watch.ts";
export type { ConnectionLimits } from "./server.ts";
