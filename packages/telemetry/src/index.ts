export * from "./drop-series.ts";
export * from "./journal.ts";
export * from "./metrics.ts";
