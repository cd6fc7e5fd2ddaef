import { PermanentError } from "@statuswire/status";

/** The place says that it is gone for good (410): no event will ever arrive there. */
export class GoneError extends PermanentError {
  override readonly name = "GoneError";
}

/** The system's own code for what went wrong, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : undefined;
}
