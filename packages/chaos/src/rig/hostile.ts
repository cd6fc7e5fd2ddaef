import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { createPage, render } from "@statuswire/simulator";
import { serve } from "@statuswire/testing";
import type { Stage } from "./stage.ts";

/** A status page that begins well, and may turn against whoever reads it. */
export interface Hostile {
  url: string;
  /** From now on it is hostile. */
  turn(): void;
  /** When it was asked, and for how long each conversation went on, in ms. */
  readonly conversations: readonly { at: number; ms: number }[];
}

type Answer = (response: ServerResponse, canary: string) => Promise<void> | void;

const mb = 1024 * 1024;
/** Whoever has read so much has shown what was to be seen; more would only cost the machine its memory. */
const endMb = 256;
const blank = Buffer.alloc(mb, " ");
const gzipped = gzipSync(blank);

/** What pages do to their readers, by name. */
export const hostilities = {
  async slow(response) {
    response.write("{");
    while (!response.destroyed) {
      response.write(" ");
      await delay(500);
    }
  },
  endless: (response) => pour(response, blank),
  "compressed a thousandfold"(response) {
    response.setHeader("content-encoding", "gzip");
    return pour(response, gzipped);
  },
  "redirecting inward"(response, canary) {
    response.writeHead(302, { location: canary }).end();
  },
  malformed(response) {
    response.end('{"page": {"id": "x", "name": "X"}, "components": [{"id": "c", ');
  },
} satisfies Readonly<Record<string, Answer>>;

/** What is asked of a page that does nothing wrong. */
export const none: Answer = () => undefined;

/** The same piece again and again, as fast as it is read. */
async function pour(response: ServerResponse, piece: Buffer): Promise<void> {
  const pieces = Array.from({ length: endMb }, () => piece);
  // A reader that has had enough ends it.
  await pipeline(Readable.from(pieces), response).catch(() => undefined);
}

/** Opens a page that answers as Statuspage does until it turns, and then so. It ends with the stage. */
export async function openHostile(stage: Stage, answer: Answer, canary: string): Promise<Hostile> {
  const page = createPage({ id: "page", vendor: "statuspage", name: "Page", components: ["API"], at: new Date() });
  const conversations: { at: number; ms: number }[] = [];
  let isHostile = false;

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const conversation = { at: performance.now(), ms: 0 };
    conversations.push(conversation);
    response.once("close", () => (conversation.ms = performance.now() - conversation.at));
    if (isHostile) return answer(response, canary);
    const { status = 200, type, body } = render(page, { path: request.url ?? "/", origin: server.url });
    response.writeHead(status, { "content-type": type }).end(body);
  }

  const server = await serve(receive);
  stage.defer(() => server.close());
  return { url: server.url, conversations, turn: () => void (isHostile = answer !== none) };
}
