import { TextDecoder } from "node:util";

/** Bytes as text: by their byte order mark, else by the charset of the content type, else as UTF-8. */
export function decode(bytes: Uint8Array, contentType?: string): string {
  return decoder(byteOrderMark(bytes) ?? charset(contentType) ?? "utf-8").decode(bytes);
}

// AWS serves its pages in UTF-16 and says so only by the mark.
function byteOrderMark([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return undefined;
}

function charset(contentType = ""): string | undefined {
  return /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1];
}

function decoder(label: string): TextDecoder {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder("utf-8");
  }
}
