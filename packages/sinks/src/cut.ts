/** What a place counts when it limits the length of a text. */
export type Measure = (text: string) => number;

export const codePoints: Measure = (text) => Array.from(text).length;
export const utf16Units: Measure = (text) => text.length;
export const bytes: Measure = (text) => Buffer.byteLength(text);

/**
 * The text, or as much of its beginning as fits and "…": cut between words where one ends near the limit, never
 * within a character. To fit what a place makes of the text, measure that.
 */
export function cut(text: string, limit: number, measure: Measure = codePoints): string {
  if (measure(text) <= limit) return text;
  const characters = Array.from(text);
  const cutAt = (length: number) => `${characters.slice(0, length).join("").trimEnd()}…`;
  let fits = 0;
  let tooLong = characters.length;
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (measure(cutAt(middle)) <= limit) fits = middle;
    else tooLong = middle;
  }
  if (fits === 0) return measure("…") <= limit ? "…" : "";
  return cutAt(wordEnd(characters, fits));
}

// A word that would cost more than a fifth of the text is cut instead.
function wordEnd(characters: readonly string[], length: number): number {
  if (/\s/.test(characters[length] ?? " ")) return length;
  const before = characters.slice(0, length).findLastIndex((character) => /\s/.test(character));
  return before > length * 0.8 ? before : length;
}
