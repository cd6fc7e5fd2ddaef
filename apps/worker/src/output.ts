import type { Writable } from "node:stream";
import type { Write } from "@statuswire/sinks";
import { RetryLaterError } from "@statuswire/status";

const usualPatienceMs = 2000;
const againMs = 10_000;

/**
 * Writes to a stream of ours, such as standard output. Returns undefined when the system has the text at once, as it nearly always has,
 * or a promise of that: what only our own memory holds dies with us. It rejects with RetryLaterError when nobody has read for as
 * long as we are patient, in ms; the text goes out once somebody does, and until then the next are not written at all.
 */
export function createOutput(stream: Writable, patienceMs = usualPatienceMs): Write {
  let last: Promise<void> = Promise.resolve();

  return function write(text) {
    if (stream.writableLength === 0) return put(text);
    return inTime(last.catch(() => undefined)).then(() => put(text));
  };

  function put(text: string): Promise<void> | undefined {
    last = new Promise((resolve, reject) => {
      stream.write(text, (error) => (error ? reject(error) : resolve()));
    });
    last.catch(() => undefined);
    return stream.writableLength === 0 && !stream.errored ? undefined : inTime(last);
  }

  function inTime(written: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const why = `Nobody has read our output for ${patienceMs / 1000} s.`;
      const late = () => reject(new RetryLaterError(why, { delayMs: againMs }));
      const timer = setTimeout(late, patienceMs);
      void written.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}
