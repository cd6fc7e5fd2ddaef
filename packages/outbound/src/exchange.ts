import { once } from "node:events";
import type { Got, PlainResponse, Request } from "got";
import { FetchError } from "./errors.ts";

export interface Asked {
  method: "GET" | "POST" | "PUT" | "PATCH";
  headers: Record<string, string | undefined>;
  body?: string;
  signal: AbortSignal;
}

/** A response whose headers are here and whose body is not yet read. */
export interface Exchange {
  response: PlainResponse;
  body: Request;
}

/** Sends one request and waits for the headers. Read a body, or destroy it: it holds the socket. */
export async function exchange(got: Got, url: URL, asked: Asked): Promise<Exchange> {
  const body = got.stream(url, asked);
  // An error may come between the headers and the first read, when nobody listens; the reader still gets it.
  body.on("error", () => {});
  body.once("upgrade", () => body.destroy(unaskedUpgrade(url)));
  try {
    const [response] = (await once(body, "response")) as [PlainResponse]; // got's documented event
    return { response, body };
  } catch (error) {
    if (asked.method === "GET" && closedWhileIdle(body, error)) return exchange(got, url, asked);
    throw error;
  }
}

// A kept connection that the server closed just as we used it says nothing about the server.
function closedWhileIdle(body: Request, error: unknown): boolean {
  return body.reusedSocket === true && error instanceof Error && "code" in error && error.code === "ECONNRESET";
}

// got hands an upgraded socket out and goes on waiting for a response.
function unaskedUpgrade({ host }: URL): FetchError {
  const message = `${host} changes to another protocol; check that the address is that of a web server.`;
  return new FetchError(message, { reason: "malformed", status: 101 });
}
