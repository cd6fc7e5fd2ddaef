import { CommanderError } from "commander";

/** Wrong usage, as sysexits.h counts it: never to be mistaken for the state of a service. */
export const wrongUsage = 64;

/** What a command ends with when it means more than "it did not work". */
export class ExitError extends Error {
  override readonly name = "ExitError";
  readonly exitCode: number;

  constructor(message: string, { exitCode, cause }: { exitCode: number; cause?: unknown }) {
    super(message, { cause });
    this.exitCode = exitCode;
  }
}

/** Ends a command that could not do what it was asked to: its message on stderr, exit code 1 unless the error says another. */
export function failed(cause: unknown): void {
  // commander has said what was wrong with the words, or printed the help that was asked for.
  if (cause instanceof CommanderError) process.exitCode = cause.exitCode === 0 ? 0 : wrongUsage;
  else {
    process.stderr.write(`statuswire: ${cause instanceof Error ? cause.message : String(cause)}\n`);
    process.exitCode = cause instanceof ExitError ? cause.exitCode : 1;
  }
}
