export { acquireRedis } from "./acquire.ts";
export { RedisMissingError, RedisStartError } from "./errors.ts";
export { ensureRedis } from "./ensure.ts";
export { findRedis, type RedisBinary, type Search, type Where } from "./find.ts";
export { startEmbeddedRedis, type EmbeddedRedis, type EmbeddedRedisOptions } from "./start.ts";
