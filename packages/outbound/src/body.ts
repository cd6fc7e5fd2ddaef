import type { Readable } from "node:stream";

const firstGuess = 64 * 1024;

/**
 * Reads a stream of buffers up to `maxBytes`. What is more is left unread, the stream destroyed, and `cut` true.
 * Copies into one growing buffer: a page sent byte by byte would cost a hundred times its size in chunks.
 */
export async function readUpTo(maxBytes: number, stream: Readable): Promise<{ bytes: Buffer; cut: boolean }> {
  let held: Buffer = Buffer.allocUnsafe(Math.min(firstGuess, maxBytes));
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const end = length + chunk.length;
    if (end > held.length) held = grown(held, Math.min(maxBytes, Math.max(end, held.length * 2)));
    chunk.copy(held, length);
    if (end > maxBytes) return { bytes: held, cut: true };
    length = end;
  }
  return { bytes: held.subarray(0, length), cut: false };
}

function grown(held: Buffer, size: number): Buffer {
  const larger = Buffer.allocUnsafe(size);
  held.copy(larger);
  return larger;
}
