import { PermanentError, RetryLaterError } from "@statuswire/status";
import type { Tell } from "@statuswire/telemetry";
import type { ErrorRequestHandler, RequestHandler, Response } from "express";

/** A request that can't be served, with the status to answer and a name that programs can rely on. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    code: string,
    { detail, retryAfterSeconds }: { detail: string; retryAfterSeconds?: number },
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Answers whatever no route has answered. A token may stand in the path, so it is not repeated. */
export const notFound: RequestHandler = ({ method }) => {
  throw new HttpError(404, "not_found", { detail: `There is nothing to ${method} at this address.` });
};

/** The one place where a failed request is answered: a problem in JSON (RFC 9457), and no detail of our own faults. */
export function problems(tell: Tell): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  // eslint-disable-next-line max-params
  return (error: unknown, req, res, next) => {
    if (res.headersSent) {
      next(error);
      return;
    }
    const problem = asHttpError(error);
    if (problem.status >= 500 && problem.code === "internal")
      tell("request.failed", { method: req.method, error });
    answer(res, problem);
  };
}

function answer(res: Response, { status, code, message, retryAfterSeconds }: HttpError): void {
  if (retryAfterSeconds !== undefined) res.set("Retry-After", String(retryAfterSeconds));
  res
    .status(status)
    .type("application/problem+json")
    .send(JSON.stringify({ title: code, status, detail: message }));
}

function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof RetryLaterError) {
    const retryAfterSeconds = Math.ceil(error.delayMs / 1000);
    return new HttpError(503, "unavailable", { detail: error.message, retryAfterSeconds });
  }
  if (error instanceof PermanentError) return new HttpError(400, "bad_request", { detail: error.message });
  return (
    fromExpress(error) ??
    new HttpError(500, "internal", { detail: "Something went wrong on our side; it is in the log." })
  );
}

// Express and its body parsers throw errors that carry a status, a type, and whether the message may be shown.
function fromExpress(error: unknown): HttpError | undefined {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return undefined;
  if (error.status < 400 || error.status >= 500) return undefined;
  const code = "type" in error && typeof error.type === "string" ? error.type : "bad_request";
  return new HttpError(error.status, code, { detail: error.message });
}
