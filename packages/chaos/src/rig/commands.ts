import { createHash } from "node:crypto";

/**
 * The commands in a piece of what a client sends to Redis, each with the first of our keys that it names. A script goes by the
 * beginning of its digest, however it is sent. What the piece cuts short is left out.
 */
export function commandsIn(question: Buffer): string[] {
  return argumentsIn(question).map(([name = "", ...rest]) => {
    const key = /\{sw\}:[a-z-]+/.exec(rest.slice(name.startsWith("EVAL") ? 1 : 0).join(" "))?.[0];
    return [...wordsFor(name, rest[0]), key].filter(Boolean).join(" ");
  });
}

function wordsFor(name: string, first = ""): string[] {
  if (name === "EVALSHA") return ["script", first.slice(0, 6)];
  if (name === "EVAL") return ["script", createHash("sha1").update(first, "latin1").digest("hex").slice(0, 6)];
  return [name];
}

// `*2\r\n$3\r\nGET\r\n$1\r\na\r\n`: https://redis.io/docs/latest/develop/reference/protocol-spec/
function argumentsIn(question: Buffer): string[][] {
  const text = question.toString("latin1");
  const commands: string[][] = [];
  let at = 0;
  const number = (mark: string) => {
    const end = text.indexOf("\r\n", at);
    if (text[at] !== mark || end < 0) return undefined;
    const value = Number(text.slice(at + 1, end));
    at = end + 2;
    return value;
  };
  for (let count = number("*"); count !== undefined; count = number("*")) {
    const words: string[] = [];
    for (let index = 0; index < count; index++) {
      const length = number("$");
      if (length === undefined || at + length > text.length) return commands;
      words.push(text.slice(at, at + length));
      at += length + 2;
    }
    commands.push([words[0]?.toUpperCase() ?? "", ...words.slice(1)]);
  }
  return commands;
}
