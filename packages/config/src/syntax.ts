import { isScalar, type Document, type LineCounter, Scalar, visit, type YAMLError } from "yaml";
import type { Problem } from "./problems.ts";

/** What a wrong indent makes of a text; the yaml package names only what it ran into. */
const indentErrors = new Set([
  "BAD_INDENT",
  "BLOCK_AS_IMPLICIT_KEY",
  "MULTILINE_IMPLICIT_KEY",
  "MISSING_CHAR",
  "TAB_AS_INDENT",
]);

const howToIndent =
  "Check the indent: items of one list, and keys of one mapping, begin at the same column, after spaces.";

/** What the YAML parser found. One wrong indent makes several errors in its line: only the first is told. */
export function syntaxProblems(errors: readonly YAMLError[], lines: LineCounter): Problem[] {
  const told = new Set<number>();
  return errors.flatMap(({ code, message, pos: [start] }) => {
    const { line, col } = lines.linePos(start);
    const problem = { line, column: col, path: "" };
    if (!indentErrors.has(code)) return [{ ...problem, message }];
    if (told.has(line)) return [];
    told.add(line);
    return [{ ...problem, message: `${message}. ${howToIndent}` }];
  });
}

/** A list's item that is part of the text above it, because it is indented further. */
export interface JoinedItem {
  /** Of the text that it became a part of. */
  node: Scalar;
  problem: Problem;
}

/** Items that are indented further than the one above: YAML reads both as one text. */
export function joinedItems(document: Document, text: string, lines: LineCounter): JoinedItem[] {
  const found: JoinedItem[] = [];
  visit(document, {
    Scalar(_key, node) {
      if (!isScalar(node) || node.type !== Scalar.PLAIN || !node.range) return;
      const [start, end] = node.range;
      const joined = /\n[^\S\n]*(?=- )/.exec(text.slice(start, end));
      if (!joined) return;
      const { line, col } = lines.linePos(start + joined.index + joined[0].length);
      const message = `This line is indented further than the item above, so that both are read as one text: "${String(node.value)}". Begin it at the same column.`;
      found.push({ node, problem: { line, column: col, path: "", message } });
    },
  });
  return found;
}
