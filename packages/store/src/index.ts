export * from "./group.ts";
export * from "./keys.ts";
export * from "./ledger.ts";
export * from "./log.ts";
export * from "./readings.ts";
export * from "./store.ts";
export * from "./trim.ts";
export * from "./turns.ts";
