import { PermanentError } from "@statuswire/status";

/** The place says that it is gone for good (410): no event will ever arrive there. */
export class GoneError extends PermanentError {
  override readonly name = "GoneError";
}
