import { stringify, type Node, type Pair, type YAMLSeq } from "yaml";

/** A list under a key of a YAML text. It is changed in the text itself: the yaml package would lay out the whole file anew. */
export type List = Pair<Node, YAMLSeq<Node>> & { value: YAMLSeq<Node> };

export function appendItems(text: string, { value: list }: List, items: readonly unknown[]): string {
  const last = list.items.at(-1);
  if (items.length === 0) return text;
  if (list.flow || !last) {
    const written = items
      .map((item) => stringify(item, { collectionStyle: "flow", lineWidth: 0 }).trimEnd())
      .join(", ");
    return last ? splice(text, [end(last)], `, ${written}`) : splice(text, [start(list) + 1], written);
  }
  const indent = " ".repeat(text.indexOf("-", lineStart(text, last)) - lineStart(text, last));
  const written = stringify(items, { lineWidth: 0 }).replace(/^(?=.)/gm, indent);
  const place = nextLine(text, last);
  return splice(text, [place], text.slice(0, place).endsWith("\n") ? written : `\n${written}`);
}

export function withoutItems(text: string, { key, value: list }: List, unwanted: readonly boolean[]): string {
  if (list.flow) return withoutFlowItems(text, list.items, unwanted);
  const lines = list.items.map((item) => [lineStart(text, item), nextLine(text, item)]);
  const rest = lines.reduceRight((before, span, index) => (unwanted[index] ? splice(before, span) : before), text);
  // A key without a value would no longer be a list.
  return unwanted.every(Boolean) ? splice(rest, [text.indexOf(":", end(key)) + 1], " []") : rest;
}

function withoutFlowItems(text: string, items: readonly Node[], unwanted: readonly boolean[]): string {
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return text;
  const kept = items.filter((_item, index) => !unwanted[index]);
  if (kept.length === items.length) return text;
  return splice(
    text,
    [start(first), end(last)],
    kept.map((item) => text.slice(start(item), end(item))).join(", "),
  );
}

export function appendList(text: string, key: string, items: readonly unknown[]): string {
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${stringify({ [key]: items })}`;
}

function splice(text: string, [from = 0, to = from]: readonly number[], written = ""): string {
  return text.slice(0, from) + written + text.slice(to);
}

function start(node: Node): number {
  return node.range?.[0] ?? 0;
}

function end(node: Node): number {
  return node.range?.[1] ?? 0;
}

function lineStart(text: string, node: Node): number {
  return text.lastIndexOf("\n", start(node) - 1) + 1;
}

/** Where the line after the node begins; a comment behind the node belongs to it. */
function nextLine(text: string, node: Node): number {
  if (text[end(node) - 1] === "\n") return end(node);
  const newline = text.indexOf("\n", end(node));
  return newline < 0 ? text.length : newline + 1;
}
