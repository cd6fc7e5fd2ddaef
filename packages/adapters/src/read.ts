import { PayloadError } from "@statuswire/status";

/** Deeper than any status page; `JSON.stringify` and recursive checks overflow from about 3,000. */
const deepest = 64;

/** JSON text to a payload. Throws PayloadError that says where, also for text nested too deep to handle safely. */
export function json(text: string): unknown {
  const bare = text.replace(/^\uFEFF/, "");
  if (depth(bare) > deepest) throw new PayloadError(`The payload is nested deeper than ${deepest} levels.`);
  try {
    return JSON.parse(bare);
  } catch (cause) {
    throw new PayloadError(`The payload is not JSON: ${(cause as Error).message}`, { cause });
  }
}

/** JSON, bare or wrapped in one function call (`callback({…});`). The call is stripped, never run. */
export function jsonp(text: string): unknown {
  return json(/^\s*[\w$.]+\s*\(([\s\S]*)\)\s*;?\s*$/.exec(text)?.[1] ?? text);
}

function depth(text: string): number {
  let level = 0;
  let max = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === 0x5c) i++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) max = Math.max(max, ++level);
    else if (char === 0x7d || char === 0x5d) level--;
  }
  return max;
}
