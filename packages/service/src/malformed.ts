import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** What node:http says of a request that it gives up on, as the status that fits. Everything else is 400. */
const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

const details: Readonly<Record<number, string>> = {
  400: "This is not an HTTP request that could be read.",
  408: "The request took too long to arrive.",
  413: "The chunks' extensions are too long.",
  431: "The headers are too long.",
};

/** Answers what never became a request, before it is cut off: a problem in JSON (RFC 9457), like every other. */
export function answerMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statuses[error.code ?? ""] ?? 400;
  const title = (STATUS_CODES[status] ?? "").toLowerCase().replaceAll(" ", "_");
  const body = JSON.stringify({ title, status, detail: details[status] });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    "Content-Type: application/problem+json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
