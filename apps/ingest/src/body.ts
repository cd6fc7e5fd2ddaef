import { isUtf8 } from "node:buffer";
import { StringDecoder } from "node:string_decoder";
import { HttpError } from "@statuswire/service";
import { createJsonCheck } from "./json-check.ts";
import type { Turns } from "./turns.ts";

interface Demands {
  /** How many levels the JSON may be nested: code that comes later overflows its stack from about 3,000. */
  nesting: number;
  turns: Turns;
}

/** How much is done in one turn of the event loop, in bytes: about 0.2 ms. Most bodies are shorter. */
const piece = 16 * 1024;

/** A request's bytes as the JSON text that they must be, unparsed: the worker reads it. Throws HttpError 400 that says what is wrong where. */
export async function jsonText(bytes: Buffer, { nesting, turns }: Demands): Promise<string> {
  if (!isUtf8(bytes)) throw new HttpError(400, "not_utf8", { detail: "The body is not valid UTF-8." });
  const check = createJsonCheck(bytes, nesting);
  const proceed = () => check.proceed(piece);
  const verdict = proceed() ?? (await turns.take(proceed));
  if (verdict.code === "json") return bytes.length <= piece ? bytes.toString() : decodeInPieces(bytes, turns);
  const what = verdict.code === "not_json" ? "The body is not JSON" : "The body is refused";
  throw new HttpError(400, verdict.code, { detail: `${what}: ${verdict.reason}.` });
}

function decodeInPieces(bytes: Buffer, turns: Turns): Promise<string> {
  const decoder = new StringDecoder("utf8");
  const texts: string[] = [];
  let at = 0;
  return turns.take(() => {
    texts.push(decoder.write(bytes.subarray(at, at + piece)));
    at += piece;
    return at < bytes.length ? undefined : texts.join("");
  });
}
