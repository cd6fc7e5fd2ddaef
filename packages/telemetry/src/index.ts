export * from "./journal.ts";
export * from "./metrics.ts";
