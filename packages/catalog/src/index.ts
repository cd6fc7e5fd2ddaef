export * from "./addresses.ts";
export * from "./book.ts";
export * from "./names.ts";
export { nearest } from "./nearest.ts";
export * from "./search.ts";
export type { Service } from "./schema.ts";
