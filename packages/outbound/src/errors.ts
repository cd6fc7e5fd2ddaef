/** Why a request brought nothing. */
export type FetchReason =
  | "unreachable"
  | "timeout"
  | "blocked"
  | "gone"
  | "server"
  | "too_large"
  | "redirect"
  | "forbidden_address"
  | "malformed"
  | "status";

interface Details {
  reason: FetchReason;
  status?: number | undefined;
  code?: string | undefined;
}

/** A request that brought nothing. It has no `cause`: got's errors carry the URL and the headers, secrets included. */
export class FetchError extends Error {
  override readonly name = "FetchError";
  readonly reason: FetchReason;
  /** The HTTP status, where one came. */
  readonly status: number | undefined;
  /** The system's or the HTTP parser's own code, such as `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(message: string, { reason, status, code }: Details) {
    super(message);
    this.reason = reason;
    this.status = status;
    this.code = code;
  }
}
