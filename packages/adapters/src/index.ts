export * from "./adapt.ts";
export * from "./format.ts";
export * from "./formats.ts";
export * from "./formats/json-page.ts";
export * from "./formats/json.ts";
