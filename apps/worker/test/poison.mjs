// Loaded before a worker (NODE_OPTIONS=--import): makes reading a webhook's body fatal where the body says so, and notes it.
import { appendFileSync } from "node:fs";

const read = JSON.parse;
const isBody = (text) => typeof text === "string" && text.startsWith('{"page"');

JSON.parse = (text, ...rest) => {
  const [, harm, name] = (isBody(text) && /poison:(\w+):(\w+)/.exec(text)) || [];
  if (harm === "throws") throw new TypeError("poisoned");
  if (harm) {
    appendFileSync(process.env.POISON_STARTS, `${name}\n`);
    fatal[harm]();
  }
  return read(text, ...rest);
};

const fatal = {
  loops() {
    for (;;);
  },
  eats() {
    for (const eaten = []; ;) eaten.push(Array.from({ length: 1_000_000 }, Object));
  },
  kills() {
    process.kill(process.pid, "SIGKILL");
    for (;;);
  },
};
