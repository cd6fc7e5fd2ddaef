import { fold } from "./fold.ts";

/** Where in a text a match may begin and end. */
interface Edges {
  canStart(text: readonly string[], at: number): boolean;
  canEnd(text: readonly string[], at: number): boolean;
}

const wholeText: Edges = {
  canStart: (_text, at) => at === 0,
  canEnd: (text, at) => at === text.length,
};

const wholeWords: Edges = {
  canStart: (text, at) => !isPartOfWord(text[at - 1]),
  canEnd: (text, at) => !isPartOfWord(text[at]),
};

/** Whether one of the texts, in any case, matches the glob as a whole: `*` is any text, `?` any character. */
export function matches(glob: string, texts: readonly (string | undefined)[]): boolean {
  return matchesAny(glob, texts, wholeText);
}

/** Whether a match of the glob occurs in one of the texts as whole words: `us-east-1` in `EC2 (us-east-1)`. */
export function occurs(glob: string, texts: readonly (string | undefined)[]): boolean {
  return matchesAny(glob, texts, wholeWords);
}

function matchesAny(glob: string, texts: readonly (string | undefined)[], edges: Edges): boolean {
  const pieces = fold(glob)
    .split(/\*+/)
    .map((piece) => Array.from(piece));
  return texts.some((text) => text !== undefined && isMatch(pieces, Array.from(fold(text)), edges));
}

// After a star the leftmost place of a piece leaves the most text to the others, so no place is tried twice. A regular
// expression made of the glob tries all of them: its time grows with the text's length to the power of the stars.
function isMatch(pieces: readonly (readonly string[])[], text: readonly string[], edges: Edges): boolean {
  let end = 0;
  for (const [index, piece] of pieces.entries()) {
    const start = placeOf(piece, text, {
      from: end,
      canStart: index === 0 ? (at) => edges.canStart(text, at) : always,
      canEnd: index === pieces.length - 1 ? (at) => edges.canEnd(text, at) : always,
    });
    if (start === undefined) return false;
    end = start + piece.length;
  }
  return true;
}

interface Place {
  from: number;
  canStart(at: number): boolean;
  canEnd(at: number): boolean;
}

function placeOf(
  piece: readonly string[],
  text: readonly string[],
  { from, canStart, canEnd }: Place,
): number | undefined {
  const isAt = (start: number) => piece.every((char, offset) => char === "?" || char === text[start + offset]);
  for (let start = from; start + piece.length <= text.length; start++) {
    if (canStart(start) && canEnd(start + piece.length) && isAt(start)) return start;
  }
  return undefined;
}

function always(): boolean {
  return true;
}

function isPartOfWord(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}-]/u.test(char);
}
