import type { Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Express } from "express";
import { type ConnectionLimits, createLimitedServer, usualLimits } from "./server.ts";

export interface Listening {
  /** Where it listens, with the port that it really got. */
  url: string;
  port: number;
  /** Takes no new connection, lets running requests finish. */
  close(): Promise<void>;
}

interface Address {
  host: string;
  port: number;
  /** The environment variable that chooses the port, to be named when it is taken. */
  variable: string;
  /** Stricter ones for who listens to strangers. */
  limits?: ConnectionLimits;
}

/** As `listen`, on the first free port from the given one on: for processes that run in several copies on a machine. */
export async function listenNear(app: Express, address: Address, tries = 50): Promise<Listening> {
  try {
    return await listen(app, address);
  } catch (error) {
    const isTaken = (error as { cause?: NodeJS.ErrnoException }).cause?.code === "EADDRINUSE";
    if (!isTaken || tries <= 1 || address.port === 0) throw error;
    return listenNear(app, { ...address, port: address.port + 1 }, tries - 1);
  }
}

/** Serves an application. Rejects with a message that names the fix when the port can't be had. */
export function listen(app: Express, { host, port, variable, limits = usualLimits }: Address): Promise<Listening> {
  const server = createLimitedServer(app, limits);
  const silent = silentConnections(server);
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explained(error, { host, port, variable })));
    server.listen(port, host, () => {
      const { port: chosen } = server.address() as AddressInfo;
      const url = `http://${host.includes(":") ? `[${host}]` : host}:${chosen}`;
      resolve({ url, port: chosen, close: () => close(server, silent) });
    });
  });
}

/** The connections on which nothing has been asked yet. Node counts them as busy, and would wait for them. */
function silentConnections(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  server.on("request", ({ socket }) => silent.delete(socket));
  return silent;
}

/** How long a connection on which nothing has been asked yet may still be asked something. */
const patienceMs = 500;

function close(server: Server, silent: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // A connection that is busy now ends with its answer, instead of being kept for the next request.
    server.keepAliveTimeout = 1;
    server.closeIdleConnections();
    // What somebody has just connected for may be on its way.
    setTimeout(() => silent.forEach((socket) => socket.destroy()), patienceMs).unref();
  });
}

function explained(error: NodeJS.ErrnoException, { host, port, variable }: Address): Error {
  if (error.code === "EADDRINUSE") {
    return new Error(`Port ${port} is taken. Set ${variable} to a free one, or stop what listens there.`, {
      cause: error,
    });
  }
  if (error.code === "EACCES") {
    return new Error(`Port ${port} needs rights we don't have. Set ${variable} to one above 1023.`, {
      cause: error,
    });
  }
  return new Error(`Cannot listen on ${host}, port ${port}: ${error.message}`, { cause: error });
}
