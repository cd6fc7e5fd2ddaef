import { text } from "node:stream/consumers";
import { createOutbound } from "@statuswire/outbound";
import { serve } from "@statuswire/testing";
import { dashboardPath, type Event } from "@statuswire/status";
import type { Dependencies } from "../src/sink.ts";
import type { Memory } from "../src/memory.ts";

/** What a sink sent, as the other side saw it. */
export interface Received {
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A server that keeps what it gets and answers as it is told. */
export async function receiver(answer: (received: Received) => Reply) {
  const received: Received[] = [];
  const server = await serve(async (request, response) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([key, value]) => [key, String(value)]),
    );
    const { method = "", url: path = "" } = request;
    const one = { method, path, headers, body: await text(request) };
    received.push(one);
    const { status, headers: extra = {}, body = "" } = answer(one);
    response.writeHead(status, extra).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  return { ...server, received };
}

/** A memory for one test. */
export function freshMemory(): Memory {
  const kept = new Map<string, string>();
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
  };
}

/** An event as a program gets it: with the link to the dashboard's page. */
export function asDelivered(event: Event): Event & { dashboardUrl: string } {
  return { ...event, dashboardUrl: `https://status.acme.dev${dashboardPath(event)}` };
}

const outbound = createOutbound({ allowPrivate: true });

/** Dependencies as a worker would hand them in, except for the clock. */
export function dependencies(given: Partial<Dependencies> = {}): Dependencies {
  return {
    name: "team",
    post: outbound.post,
    now: () => new Date("2025-11-03T14:33:42.000Z"),
    write: () => undefined,
    memory: freshMemory(),
    pageOf: (event) => asDelivered(event).dashboardUrl,
    ...given,
  };
}

/** To be called after the last test of a file. */
export function closeOutbound(): void {
  outbound.close();
}
