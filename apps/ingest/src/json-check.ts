/** What a check found: the text is JSON, or why and where it is not. Lines and columns are counted from 1. */
export type Verdict = { code: "json" } | { code: "not_json" | "too_deep"; reason: string };

export interface JsonCheck {
  /** Checks about so many bytes more. Undefined: there is more to check. */
  proceed(count: number): Verdict | undefined;
}

type Expected = keyof typeof expectations;

const expectations = {
  value: "expected a value",
  element: "expected a value or ]",
  key: "expected a property name in double quotes",
  firstKey: "expected a property name in double quotes or }",
  colon: "expected :",
  afterElement: "expected , or ]",
  afterProperty: "expected , or }",
  nothing: "expected nothing more",
} as const;

const [tab, newline, carriageReturn, space] = [0x09, 0x0a, 0x0d, 0x20] as const;
const [quote, plus, comma, minus, dot, zero, nine, colon] = [
  0x22, 0x2b, 0x2c, 0x2d, 0x2e, 0x30, 0x39, 0x3a,
] as const;
const [bigE, openArray, backslash, closeArray] = [0x45, 0x5b, 0x5c, 0x5d] as const;
const [smallE, smallU, openObject, closeObject] = [0x65, 0x75, 0x7b, 0x7d] as const;

const escapable = new Set(bytesOf('"\\/bfnrt'));
const literals = new Map(["true", "false", "null"].map(bytesOf).map((letters) => [letters[0], letters] as const));
const byteOrderMark = [0xef, 0xbb, 0xbf];

/**
 * Checks UTF-8 bytes by the grammar of RFC 8259, nested `deepest` levels at most. It makes nothing of them, so that it costs the same
 * for each byte, and stops where it is told to, so that a long body is checked in pieces.
 */
export function createJsonCheck(bytes: Buffer, deepest: number): JsonCheck {
  const closings = new Uint8Array(deepest);
  let depth = 0;
  let expected: Expected = "value";
  let isInString = false;
  let at = startOf(bytes);
  let line = 1;
  let lineStart = at;

  function proceed(count: number): Verdict | undefined {
    const pause = at + count;
    while (at < bytes.length) {
      if (at >= pause) return undefined;
      const fault = isInString ? readString(pause) : readToken(bytes[at]);
      if (fault) return fault;
    }
    if (expected === "nothing") return { code: "json" };
    return isEmpty() ? { code: "not_json", reason: "it is empty" } : broken("it ends too early");
  }

  function readToken(byte: number | undefined): Verdict | undefined {
    if (byte === space || byte === tab || byte === carriageReturn) {
      at++;
      return undefined;
    }
    if (byte === newline) {
      lineStart = ++at;
      line++;
      return undefined;
    }
    switch (expected) {
      case "value":
        return readValue(byte);
      case "element":
        return byte === closeArray ? close() : readValue(byte);
      case "firstKey":
        return byte === closeObject ? close() : readKey(byte);
      case "key":
        return readKey(byte);
      case "colon":
        return byte === colon ? separate("value") : unexpected();
      case "afterElement":
        if (byte === comma) return separate("value");
        return byte === closeArray ? close() : unexpected();
      case "afterProperty":
        if (byte === comma) return separate("key");
        return byte === closeObject ? close() : unexpected();
      case "nothing":
        return unexpected();
    }
  }

  function readValue(byte: number | undefined): Verdict | undefined {
    if (byte === quote) return openString("value");
    if (byte === openObject) return open(closeObject, "firstKey");
    if (byte === openArray) return open(closeArray, "element");
    if (byte === minus || isDigit(byte)) return readNumber();
    return readLiteral(literals.get(byte));
  }

  function readKey(byte: number | undefined): Verdict | undefined {
    return byte === quote ? openString("key") : unexpected();
  }

  function separate(next: Expected): undefined {
    at++;
    expected = next;
  }

  function open(closing: number, next: Expected): Verdict | undefined {
    if (depth === deepest) return { code: "too_deep", reason: `nested deeper than ${deepest} levels` };
    closings[depth++] = closing;
    return separate(next);
  }

  function close(): undefined {
    at++;
    depth--;
    endValue();
  }

  function endValue(): undefined {
    if (depth === 0) expected = "nothing";
    else expected = closings[depth - 1] === closeArray ? "afterElement" : "afterProperty";
  }

  function openString(as: "key" | "value"): undefined {
    at++;
    isInString = true;
    expected = as;
  }

  function readString(pause: number): Verdict | undefined {
    at = endOfPlainText(bytes, at, Math.min(pause, bytes.length));
    const byte = bytes[at];
    if (byte === undefined || at >= pause) return undefined;
    if (byte === quote) return closeString();
    if (byte !== backslash) return broken("a control character that is not escaped");
    const length = escapeLength();
    if (!length) return broken("an invalid escape");
    at += length;
    return undefined;
  }

  function closeString(): undefined {
    at++;
    isInString = false;
    if (expected === "key") expected = "colon";
    else endValue();
  }

  function escapeLength(): number {
    const kind = bytes[at + 1] ?? 0;
    if (escapable.has(kind)) return 2;
    return kind === smallU && hexDigitsAt(at + 2) === 4 ? 6 : 0;
  }

  function readNumber(): Verdict | undefined {
    if (bytes[at] === minus) at++;
    if (bytes[at] === zero) at++;
    else if (!readDigits()) return broken("expected a digit");
    if (bytes[at] === dot) {
      at++;
      if (!readDigits()) return broken("expected a digit");
    }
    if (bytes[at] === smallE || bytes[at] === bigE) {
      at++;
      if (bytes[at] === plus || bytes[at] === minus) at++;
      if (!readDigits()) return broken("expected a digit");
    }
    return endValue();
  }

  function hexDigitsAt(from: number): number {
    let count = 0;
    while (count < 4 && isHexDigit(bytes[from + count])) count++;
    return count;
  }

  function readDigits(): boolean {
    const start = at;
    while (isDigit(bytes[at])) at++;
    return at > start;
  }

  function readLiteral(letters: readonly number[] | undefined): Verdict | undefined {
    if (!letters?.every((letter, index) => bytes[at + index] === letter)) return unexpected();
    at += letters.length;
    return endValue();
  }

  function isEmpty(): boolean {
    return expected === "value" && depth === 0 && !isInString;
  }

  function unexpected(): Verdict {
    return broken(expectations[expected]);
  }

  function broken(why: string): Verdict {
    const column = bytes.toString("utf8", lineStart, at).length + 1;
    return { code: "not_json", reason: `${why} at line ${line}, column ${column}` };
  }

  return { proceed };
}

/** Where, from one place to another, a string ends or something in it is not plain. */
function endOfPlainText(bytes: Buffer, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === quote || byte === backslash || byte < space) return at;
  }
  return to;
}

function startOf(bytes: Buffer): number {
  return byteOrderMark.every((byte, index) => bytes[index] === byte) ? byteOrderMark.length : 0;
}

function bytesOf(text: string): number[] {
  return [...Buffer.from(text)];
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= nine;
}

function isHexDigit(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}
