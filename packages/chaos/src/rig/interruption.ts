/** So long may clearing up take; then our going ends what is left, because every process of ours ends with its parent. */
const graceMs = 15_000;

/** Rejects when a person, or a supervisor, wants us to end; until then whatever was started runs. */
export function interruption(): Promise<never> {
  const interrupted = new Promise<never>((_resolve, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        reject(new Error(`Ended by ${signal}.`));
        setTimeout(() => process.exit(1), graceMs).unref();
      });
    }
  });
  // Nobody may be listening any more when it comes.
  interrupted.catch(() => undefined);
  return interrupted;
}
