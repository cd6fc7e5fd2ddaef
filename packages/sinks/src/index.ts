export * from "./sink.ts";
export * from "./sinks/console.ts";
