export * from "./connection.ts";
export * from "./dead-letters.ts";
export * from "./deliveries.ts";
export * from "./jobs.ts";
export * from "./observations.ts";
export * from "./patience.ts";
export * from "./quarantine.ts";
export * from "./queues.ts";
