export * from "./config.ts";
export * from "./edit.ts";
export type { Environment } from "./environment.ts";
export { configJsonSchema, type ProviderEntry } from "./file.ts";
export * from "./load.ts";
export { parseConfig } from "./parse.ts";
export { ConfigError, type Problem } from "./problems.ts";
export * from "./secret.ts";
export * from "./selection.ts";
