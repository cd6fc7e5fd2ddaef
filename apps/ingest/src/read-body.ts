import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { HttpError } from "@statuswire/service";
import { busy } from "./admission.ts";
import type { Share } from "./budget.ts";

const unpackers = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};
type Encoding = keyof typeof unpackers;

/** How much of a body that was refused is still read, in bodies, so that its sender can hear why before it is cut off. */
const patience = 16;

interface Allowance {
  /** In bytes, of this body. */
  limit: number;
  /** Of what all bodies together may hold. */
  share: Share;
}

/** A request's body, unpacked: `limit` bytes at most, before and after. Throws HttpError 413, 415, 400, or 503 when too much is held. */
export async function readBody(req: IncomingMessage, allowance: Allowance): Promise<Buffer> {
  const encoding = encodingOf(req);
  const bytes = await collect(req, allowance);
  return encoding ? unpack(bytes, { encoding, ...allowance }) : bytes;
}

function encodingOf({ headers }: IncomingMessage): Encoding | undefined {
  const encoding = headers["content-encoding"]?.trim().toLowerCase() || "identity";
  if (encoding === "identity") return undefined;
  if (Object.hasOwn(unpackers, encoding)) return encoding as Encoding;
  throw new HttpError(415, "encoding.unsupported", {
    detail: "A body may be packed with gzip, deflate or br, once.",
  });
}

function collect(req: IncomingMessage, { limit, share }: Allowance): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let isRefused = false;
    const refuse = (why: HttpError) => {
      isRefused = true;
      chunks.length = 0;
      share.release();
      reject(why);
    };
    if (Number(req.headers["content-length"]) > limit) refuse(tooLarge(limit));
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit * patience) req.destroy();
      if (isRefused) return;
      if (size > limit) refuse(tooLarge(limit));
      else if (share.take(chunk.length)) chunks.push(chunk);
      else refuse(tooMuch());
    });
    req.once("end", () => resolve(joined(chunks)));
    req.once("error", () => reject(new HttpError(400, "request.aborted", { detail: "The body was cut off." })));
  });
}

// Most bodies come in one piece, which need not be copied.
function joined(chunks: Buffer[]): Buffer {
  const [first, ...others] = chunks;
  return first && !others.length ? first : Buffer.concat(chunks);
}

async function unpack(
  bytes: Buffer,
  { encoding, limit, share }: Allowance & { encoding: Encoding },
): Promise<Buffer> {
  // How long it will be is known only when it is there.
  if (!share.take(limit)) throw tooMuch();
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

function tooMuch(): HttpError {
  return busy("Too much is being read at once.");
}

function tooLarge(limit: number): HttpError {
  return new HttpError(413, "entity.too.large", {
    detail: `A body has ${limit} bytes at most, also once unpacked.`,
  });
}
