import { isDeeper, PayloadError } from "@statuswire/status";

/** Deeper than any status page; `JSON.stringify` and recursive checks overflow from about 3,000. */
const deepest = 64;

/**
 * JSON text to a payload; whole numbers too long to be exact become strings of their digits.
 * Throws PayloadError that says where, also for text nested too deep to handle safely.
 */
export function json(text: string): unknown {
  const bare = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const payload = parse(mayHoldLongNumber(bare) ? quoted(bare, longNumbersIn(bare)) : bare);
  if (isDeeper(payload, deepest)) throw new PayloadError(`The payload is nested deeper than ${deepest} levels.`);
  return payload;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PayloadError(`The payload is not JSON: ${(cause as Error).message.slice(0, 200)}`, { cause });
  }
}

/** JSON, bare or wrapped in one function call (`callback({…});`). The call is stripped, never run. */
export function jsonp(text: string): unknown {
  const open = /^\s*[\w$.]{1,100}\s*\(/.exec(text)?.[0].length;
  const close = text.lastIndexOf(")");
  const isCall = open !== undefined && close >= open && ["", ";"].includes(text.slice(close + 1).trim());
  return json(isCall ? text.slice(open, close) : text);
}

/** A number that is not exact has sixteen digits at least. */
const inexactDigits = 16;

// Of sixteen digits in a row, one stands at a sixteenth place of the text: the other places need no look.
function mayHoldLongNumber(text: string): boolean {
  for (let at = inexactDigits - 1; at < text.length; at += inexactDigits) {
    if (isDigit(text.charAt(at)) && digitsAround(text, at) >= inexactDigits) return true;
  }
  return false;
}

function digitsAround(text: string, at: number): number {
  let [start, end] = [at, at + 1];
  while (isDigit(text.charAt(start - 1))) start--;
  while (isDigit(text.charAt(end))) end++;
  return end - start;
}

interface Span {
  start: number;
  end: number;
}

/** Where whole numbers stand, outside of strings, that a `number` cannot hold. */
function longNumbersIn(text: string): Span[] {
  const longNumbers: Span[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') at = endOfString(text, at);
    else if (char === "-" || isDigit(char)) {
      const number = { start: at, end: endOfNumber(text, at) };
      if (isInexact(text.slice(number.start, number.end))) longNumbers.push(number);
      at = number.end - 1;
    }
  }
  return longNumbers;
}

// Most of a text is in strings, and indexOf is many times as fast as a look at each character.
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    if (!isEscaped(text, end)) return end;
  }
  return text.length;
}

function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text.charAt(before - 1) === "\\") before--;
  return (at - before) % 2 === 1;
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && (isDigit(text.charAt(at)) || ".eE+-".includes(text.charAt(at)))) at++;
  return at;
}

function isDigit(char: string): boolean {
  return char >= "0" && char <= "9";
}

function isInexact(number: string): boolean {
  return number.length >= inexactDigits && /^-?[1-9]\d+$/.test(number) && !Number.isSafeInteger(Number(number));
}

function quoted(text: string, spans: readonly Span[]): string {
  if (!spans.length) return text;
  const starts = [0, ...spans.map(({ end }) => end)];
  const between = starts.map((start, index) => text.slice(start, spans[index]?.start ?? text.length));
  return spans.reduce(
    (said, { start, end }, index) => `${said}"${text.slice(start, end)}"${between[index + 1] ?? ""}`,
    between[0] ?? "",
  );
}
