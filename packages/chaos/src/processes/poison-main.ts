// Loaded before a worker (NODE_OPTIONS=--import): makes reading a webhook's body fatal where the body says so, and notes it.
import { appendFileSync } from "node:fs";

const read = JSON.parse;
const starts = process.env["POISON_STARTS"] ?? "";

const harms: Readonly<Record<string, () => void>> = {
  throws() {
    throw new TypeError("poisoned");
  },
  loops() {
    for (;;);
  },
  eats() {
    for (const eaten: object[][] = []; ;) eaten.push(Array.from({ length: 1_000_000 }, () => ({})));
  },
  kills() {
    process.kill(process.pid, "SIGKILL");
    for (;;);
  },
};

JSON.parse = (json: unknown, ...rest: [Parameters<typeof read>[1]?]): unknown => {
  const text = String(json);
  // A job that carries a body is read as well, and is not the body.
  const harm = text.startsWith('{"poison"') ? /"(\w+)-\d+"/.exec(text)?.[1] : undefined;
  if (harm !== undefined) {
    note(text);
    harms[harm]?.();
  }
  return read(text, ...rest);
};

// What is in no shape of its format's is read as another's right away: that is still one start.
const noted = new Set<string>();

function note(text: string): void {
  if (noted.has(text)) return;
  noted.add(text);
  setImmediate(() => noted.delete(text));
  appendFileSync(starts, `${text}\n`);
}
