export * from "./adapt.ts";
export * from "./format.ts";
export * from "./formats.ts";
