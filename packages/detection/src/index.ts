export * from "./detect.ts";
export type { Attempt, Detection, Match, Sure } from "./detection.ts";
