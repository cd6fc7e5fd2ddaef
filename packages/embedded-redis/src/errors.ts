/** No redis-server on this machine that we could use. The message names the command that gets one. */
export class RedisMissingError extends Error {
  override readonly name = "RedisMissingError";
}

/** A redis-server is there, but could not be started or reached. */
export class RedisStartError extends Error {
  override readonly name = "RedisStartError";
  /** A signal ended it before it was ready: another start may succeed. */
  readonly wasKilled: boolean;

  constructor(message: string, { wasKilled = false } = {}) {
    super(message);
    this.wasKilled = wasKilled;
  }
}
