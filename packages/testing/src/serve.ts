import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface LocalServer {
  /** Such as "http://127.0.0.1:40123", without a final slash. */
  url: string;
  port: number;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** A real HTTP server on a free port of this machine. A handler that throws answers 500 with the reason. */
export async function serve(handler: Handler): Promise<LocalServer> {
  const server = createServer((request, response) => void answer(handler, { request, response }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  handler: Handler,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  try {
    await handler(request, response);
  } catch (error) {
    if (!response.headersSent) response.writeHead(500);
    response.end(String(error));
  }
}
