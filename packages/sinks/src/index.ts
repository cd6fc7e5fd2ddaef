export type { Condition, Level } from "./condition.ts";
export { GoneError } from "./errors.ts";
export { createSink, type KindName, kinds } from "./kinds.ts";
export { type Memory, redisMemory } from "./memory.ts";
export { type Link, message, type Message, type Said } from "./message.ts";
export { Secret } from "./secret.ts";
export { type Dependencies, type Kind, type Patience, patienceOf, type Sink, type Write } from "./sink.ts";
export { consoleSink } from "./sinks/console.ts";
export type { Step } from "./step.ts";
