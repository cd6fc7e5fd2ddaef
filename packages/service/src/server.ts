import { createServer, type Server } from "node:http";
import type { Express } from "express";
import { leanMessages } from "./lean.ts";
import { answerMalformed } from "./malformed.ts";

/** What a client may cost us before its request is one. */
export interface ConnectionLimits {
  /** At once; those beyond are cut off. */
  connections: number;
  /** Of all headers together; more is 431. */
  headerBytes: number;
  /** For the headers, and for the whole request, in ms; slower is 408. */
  headersTimeoutMs: number;
  requestTimeoutMs: number;
}

export const usualLimits: ConnectionLimits = {
  connections: 10_000,
  headerBytes: 16_384,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 15_000,
};

/** A server for an application, not listening yet. */
export function createLimitedServer(app: Express, limits: ConnectionLimits): Server {
  const options = {
    ...leanMessages(app),
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: 1_000,
    // Longer than a load balancer's, or it sends a request into a connection that is just being closed.
    keepAliveTimeout: 65_000,
  };
  const server = createServer(options, app);
  server.maxConnections = limits.connections;
  server.on("clientError", answerMalformed);
  return server;
}
