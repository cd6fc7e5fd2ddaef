import { asError } from "@statuswire/status";

/** Ends a command that could not do what it was asked to: one line on stderr, exit code 1. */
export function failed(cause: unknown): void {
  process.stderr.write(`statuswire: ${asError(cause).message}\n`);
  process.exitCode = 1;
}
