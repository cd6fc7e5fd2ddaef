import { brotliCompressSync, gzipSync } from "node:zlib";

const mb = 1024 * 1024;
const path = "/webhooks/load";
const bomb = Buffer.alloc(20 * mb, " ");

/** Requests that nobody honest sends, as they go over the wire. None of them may be accepted, and none may be an error of ours. */
export const abuses: Readonly<Record<string, Buffer>> = {
  "no JSON": posted("{nonsense"),
  "cut off": posted('{"a": [1, 2'),
  "a bare NUL": posted('["\0"]'),
  "no text": posted(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])),
  "UTF-16": posted(Buffer.from("\uFEFF{}", "utf16le")),
  deep: posted("[".repeat(30_000) + "]".repeat(30_000)),
  "many keys": posted(JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, key) => [key, 0])))),
  "too long": posted(Buffer.alloc(2 * mb, "7")),
  "a gzip bomb": posted(gzipSync(bomb), ["content-encoding: gzip"]),
  "a Brotli bomb": posted(brotliCompressSync(bomb), ["content-encoding: br"]),
  "packed twice": posted(gzipSync(gzipSync("{}")), ["content-encoding: gzip, gzip"]),
  "no proof": posted("{}"),
  "a wrong proof": posted("{}", [`x-signature: ${"0".repeat(64)}`]),
  "a long proof": posted("{}", [`x-signature: ${"0".repeat(10_000)}`]),
  "300 headers": posted("{}", Array<string>(300).fill("x: y")),
  "20 kB of a header": posted("{}", [`x: ${"y".repeat(20_000)}`]),
  "two lengths": posted("{}", ["content-length: 3"]),
  "a length and chunks": posted("{}", ["transfer-encoding: chunked"]),
  "two hosts": posted("{}", ["host: b"]),
  "no path": Buffer.from(`GET /${"%2e%2e%2f".repeat(20)}etc/passwd HTTP/1.1\r\nhost: a\r\n\r\n`),
  "no HTTP": Buffer.from("\x16\x03\x01 hello\r\n\r\n"),
};

/** How a request begins that never ends: each further header comes half a second later. */
export const slowStart = `POST ${path} HTTP/1.1\r\nhost: a\r\n`;

function posted(body: string | Buffer, headers: readonly string[] = []): Buffer {
  const bytes = Buffer.from(body);
  const lines = [
    ...[`POST ${path} HTTP/1.1`, "host: a", "content-type: application/json", `content-length: ${bytes.length}`],
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), bytes]);
}
