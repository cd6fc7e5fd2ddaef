import type { Writable } from "node:stream";

/** Nobody has read what we print for too long. */
class UnreadError extends Error {
  override readonly name = "UnreadError";
}

const usualPatienceMs = 2000;

/**
 * Writes to a stream of ours, such as standard output. Resolves once the system has the text, however slowly it is read: what only our
 * own memory holds dies with us. Rejects when nobody has read for as long as we are patient, in ms; the text goes out once somebody
 * does, and until then the next are not written at all.
 */
export function createOutput(stream: Writable, patienceMs = usualPatienceMs): (text: string) => Promise<void> {
  let last: Promise<void> = Promise.resolve();

  return async function write(text) {
    await inTime(last.catch(() => undefined));
    last = new Promise((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()));
    });
    await inTime(last);
  };

  function inTime(written: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = () => reject(new UnreadError(`Nobody has read our output for ${patienceMs / 1000} s.`));
      const timer = setTimeout(late, patienceMs);
      void written.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}
