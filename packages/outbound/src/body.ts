import type { Readable } from "node:stream";

const blockBytes = 64 * 1024;

/**
 * Reads a stream of buffers up to `maxBytes`. What is more is left unread, the stream destroyed, and `cut` true.
 * Copies into blocks: chunks kept as they come would cost a page that is sent byte by byte a hundred times its size, and one buffer
 * that grows leaves all smaller ones behind.
 */
export async function readUpTo(maxBytes: number, stream: Readable): Promise<{ blocks: Buffer[]; cut: boolean }> {
  const full: Buffer[] = [];
  let block = Buffer.allocUnsafe(Math.min(blockBytes, maxBytes));
  let used = 0;
  let left = maxBytes;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const wanted = Math.min(chunk.length, left);
    for (let at = 0; at < wanted;) {
      if (used === block.length) {
        full.push(block);
        block = Buffer.allocUnsafe(blockBytes);
        used = 0;
      }
      const copied = chunk.copy(block, used, at, wanted);
      at += copied;
      used += copied;
    }
    left -= wanted;
    if (chunk.length > wanted) return { blocks: [...full, block.subarray(0, used)], cut: true };
  }
  return { blocks: [...full, block.subarray(0, used)], cut: false };
}
