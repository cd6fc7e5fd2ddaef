/** Trying again cannot help: bury it, or tell the caller. */
export class PermanentError extends Error {
  override readonly name: string = "PermanentError";
}

/** What came in cannot be read as what it should be. */
export class PayloadError extends PermanentError {
  override readonly name = "PayloadError";
}

/** Asked to wait (429, 503 with Retry-After): no attempt is spent. */
export class RetryLaterError extends Error {
  override readonly name: string = "RetryLaterError";
  readonly delayMs: number;

  constructor(message: string, { delayMs, cause }: { delayMs: number; cause?: unknown }) {
    super(message, { cause });
    this.delayMs = delayMs;
  }
}

/** Written by a newer version of this program, and left to it: an older one would take it for something else. */
export class NewerVersionError extends RetryLaterError {
  override readonly name = "NewerVersionError";

  constructor(what: string) {
    super(`${what} was written by a newer version of Statuswire, and waits for one.`, { delayMs: 30_000 });
  }
}

/** A write for a partition that another worker holds by now. Nothing was written, and the work is another's. */
export class LeaseLostError extends Error {
  override readonly name = "LeaseLostError";

  constructor(what: string) {
    super(`Another worker works for ${what} now.`);
  }
}

/** Any thrown value as an Error, so that a catcher has one thing to look at. */
export function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause), { cause });
}
