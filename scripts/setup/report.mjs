/** One line of progress or trouble for a person. Never on stdout: that belongs to events. */
export function report(line) {
  process.stderr.write(`statuswire: ${line}\n`);
}

/** Set-up cannot go on. The message names the fix; the outcome is how this process should end. */
export class SetupError extends Error {
  constructor(message, outcome = { code: 1, signal: null }) {
    super(message);
    this.outcome = outcome;
  }
}
