export { copyByApt, librariesIn, type AptCopy } from "./apt-copy.ts";
export { cacheFolder } from "./private-copy.ts";
export { run } from "./run.ts";
export { RedisMissingError, RedisStartError } from "./errors.ts";
export { ensureRedis } from "./ensure.ts";
export { findRedis, type RedisBinary, type Search, type Where } from "./find.ts";
export { startEmbeddedRedis, type EmbeddedRedis, type EmbeddedRedisOptions } from "./start.ts";
