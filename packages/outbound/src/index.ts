export { createOutbound } from "./outbound.ts";
export type { Outbound, OutboundOptions } from "./outbound.ts";
export { FetchError } from "./errors.ts";
export type { FetchReason } from "./errors.ts";
export type { PageOptions } from "./fetch-page.ts";
export type { Fetched, Validators } from "./page.ts";
export type { Answer, Post } from "./post.ts";
export { decode } from "./text.ts";
