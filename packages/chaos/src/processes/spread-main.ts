// Loaded before a worker (NODE_OPTIONS=--import): keeps its leases in a place of its own, so that it holds every partition beside the
// others, and takes the limit off a partition's jobs in hand.
import { Socket } from "node:net";

const own = process.env["LEASES_OF"] ?? "";
const write = Socket.prototype.write;

// Of the same length, since a command says how long its words are.
const others: readonly (readonly [string, string])[] = [
  ["\r\n{sw}:leases\r\n", `\r\n{sw}:leas${own}\r\n`],
  ["\r\n{sw}:workers\r\n", `\r\n{sw}:worke${own}\r\n`],
  ["\r\nconcurrency\r\n", "\r\nunlimited__\r\n"],
];

type Write = (this: Socket, data: string | Uint8Array, ...rest: unknown[]) => boolean;

Socket.prototype.write = function (this: Socket, data: string | Uint8Array, ...rest: unknown[]): boolean {
  const changed =
    typeof data === "string" ? others.reduce((text, [from, to]) => text.replaceAll(from, to), data) : data;
  return (write as Write).call(this, changed, ...rest);
};
