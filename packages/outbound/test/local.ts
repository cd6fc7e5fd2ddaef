import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import {
  createServer as createTcpServer,
  type AddressInfo,
  type ListenOptions,
  type Server as TcpServer,
  type Socket,
} from "node:net";
import { afterEach } from "@jest/globals";
import { createOutbound, type Outbound, type OutboundOptions } from "../src/index.ts";

export interface Local {
  url: URL;
  port: number;
  /** What was asked of it, oldest first. */
  asked: IncomingMessage[];
}

const closes: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closes.splice(0).reverse()) await close();
});

/** An HTTP server of this machine, gone after the test. */
export async function serve(handler: RequestListener, host = "127.0.0.1", port = 0): Promise<Local> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    return handler(request, response);
  });
  closes.push(() => closed(server));
  return { ...(await listening(server, { host, port })), asked };
}

/** A server that speaks bytes, for what no HTTP server would say. */
export async function serveBytes(speak: (socket: Socket) => void): Promise<Omit<Local, "asked">> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket.on("error", () => {}).on("close", () => sockets.delete(socket)));
    socket.once("data", () => speak(socket));
  });
  closes.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return listening(server, { host: "127.0.0.1", port: 0 });
}

/** Legs that may walk on this machine, gone after the test. */
export function legs(options: OutboundOptions = {}): Outbound {
  const outbound = createOutbound({ allowPrivate: true, totalMs: 10_000, ...options });
  closes.push(() => outbound.close());
  return outbound;
}

/** Settles when the other side has let go of a connection, politely or not. */
export function closing(socket: Socket | undefined): Promise<void> {
  if (!socket) throw new Error("Nobody has connected");
  return new Promise((resolve) => (socket.destroyed ? resolve() : socket.once("close", () => resolve())));
}

/** What a promise is rejected with; fails when it is not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => Promise.reject(new Error("It should have failed")),
    (error: unknown) => error,
  );
}

async function listening(server: Server | TcpServer, where: ListenOptions): Promise<Omit<Local, "asked">> {
  server.listen(where);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a server on a port has one
  return { port, url: new URL(`http://127.0.0.1:${port}/`) };
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}
