import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { HttpError } from "@statuswire/service";

const unpackers = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};
type Encoding = keyof typeof unpackers;

/** How much of a body that was refused is still read, in bodies, so that its sender can hear why before it is cut off. */
const patience = 16;

/** A request's body, unpacked: `limit` bytes at most, before and after. Throws HttpError 413, 415 or 400. */
export async function readBody(req: IncomingMessage, limit: number): Promise<Buffer> {
  const encoding = encodingOf(req);
  const bytes = await collect(req, limit);
  return encoding ? unpack(bytes, { encoding, limit }) : bytes;
}

function encodingOf({ headers }: IncomingMessage): Encoding | undefined {
  const encoding = headers["content-encoding"]?.trim().toLowerCase() || "identity";
  if (encoding === "identity") return undefined;
  if (Object.hasOwn(unpackers, encoding)) return encoding as Encoding;
  throw new HttpError(415, "encoding.unsupported", {
    detail: "A body may be packed with gzip, deflate or br, once.",
  });
}

function collect(req: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const refuse = () => {
      chunks.length = 0;
      reject(tooLarge(limit));
    };
    if (Number(req.headers["content-length"]) > limit) refuse();
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else if (size <= limit * patience) refuse();
      else req.destroy();
    });
    req.once("end", () => resolve(Buffer.concat(chunks)));
    req.once("error", () => reject(new HttpError(400, "request.aborted", { detail: "The body was cut off." })));
  });
}

async function unpack(bytes: Buffer, { encoding, limit }: { encoding: Encoding; limit: number }): Promise<Buffer> {
  try {
    return await unpackers[encoding](bytes, { maxOutputLength: limit });
  } catch (error) {
    if (isTooLong(error)) throw tooLarge(limit);
    throw new HttpError(400, "not_unpackable", { detail: `The body is not ${encoding}, as its header says.` });
  }
}

function isTooLong(error: unknown): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
}

function tooLarge(limit: number): HttpError {
  return new HttpError(413, "entity.too.large", {
    detail: `A body has ${limit} bytes at most, also once unpacked.`,
  });
}
