/** Rejects when a person, or a supervisor, wants us to end; until then whatever was started runs. */
export function interruption(): Promise<never> {
  const interrupted = new Promise<never>((_resolve, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => reject(new Error(`Ended by ${signal}.`)));
    }
  });
  // Nobody may be listening any more when it comes.
  interrupted.catch(() => undefined);
  return interrupted;
}
