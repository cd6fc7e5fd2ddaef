const everyMs = 1_000;

/** One line of progress or trouble for a person. Never on stdout: that belongs to events. */
export function report(line) {
  process.stderr.write(`statuswire: ${line}\n`);
}

/**
 * Shows which step is under way and how long it usually takes, until its work is done: one line, which counts the seconds on
 * a terminal.
 */
export async function during({ step, usualSeconds }, work) {
  const startedAt = performance.now();
  const isTerminal = process.stderr.isTTY === true;
  const show = () => {
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    process.stderr.write(`\r\x1b[Kstatuswire: ${step} … ${seconds} s (usually ${usualSeconds} s)`);
  };
  if (isTerminal) show();
  else report(`${step} … (usually ${usualSeconds} s)`);
  const timer = isTerminal ? setInterval(show, everyMs) : undefined;
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (isTerminal) process.stderr.write("\r\x1b[K");
  }
}

/** Set-up cannot go on. The message names the fix; the outcome is how this process should end. */
export class SetupError extends Error {
  constructor(message, { code = 1, signal = null } = {}) {
    super(message);
    this.outcome = { code, signal };
  }
}
