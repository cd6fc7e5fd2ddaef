import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setImmediate as turn, setTimeout as delay } from "node:timers/promises";
import { type LocalServer, serve } from "@statuswire/testing";
import type { Random } from "../rig/random.ts";

/** What a sink has said yes to. */
export interface Receipts {
  /** How often it took each event, by the event's place in the log. */
  readonly taken: ReadonlyMap<string, number>;
  /** Events that came under more than one `webhook-id`. */
  readonly renamed: ReadonlySet<string>;
}

export interface Sink extends Receipts {
  url: string;
  close(): Promise<void>;
}

/** A webhook endpoint on this machine that fails at random: an error, a reset before or after reading, or a slow yes. */
export async function openSink(random: Random): Promise<Sink> {
  const taken = new Map<string, number>();
  const renamed = new Set<string>();
  const names = new Map<string, string>();

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fate = random.next();
    if (fate < 0.02) return void request.destroy();
    const { seq } = JSON.parse(await text(request)) as { seq: string }; // What our own webhook sink posts.
    const name = String(request.headers["webhook-id"]);
    if ((names.get(seq) ?? name) !== name) renamed.add(seq);
    names.set(seq, name);
    if (fate < 0.04) return void request.socket.resetAndDestroy();
    if (fate < 0.1) return void response.writeHead(500).end();
    if (fate < 0.15) await delay(random.between(200, 1500));
    // A yes that nobody is there to hear is none.
    if (await isAlone(response)) return;
    taken.set(seq, (taken.get(seq) ?? 0) + 1);
    response.writeHead(204).end();
  }

  const server: LocalServer = await serve(receive);
  return { url: server.url, taken, renamed, close: () => server.close() };
}

/** Until Node knows that who sent a whole request has hung up since, where both had come before it read either: three, and one to spare. */
const turnsUntilKnown = 4;

/** Whether who asked has hung up. We may have been held up ourselves, so that it gave us up before we read its request. */
async function isAlone(response: ServerResponse): Promise<boolean> {
  for (let turns = 0; turns < turnsUntilKnown && !response.destroyed; turns++) await turn();
  return response.destroyed;
}

/** What workers have printed on stdout. */
export interface Console extends Receipts {
  heard(line: string): void;
}

/** Takes the console's lines, one JSON object each. */
export function openConsole(): Console {
  const taken = new Map<string, number>();
  return {
    taken,
    renamed: new Set(),
    heard(line) {
      const seq = /"seq":"([\d-]+)"/.exec(line)?.[1];
      if (seq !== undefined) taken.set(seq, (taken.get(seq) ?? 0) + 1);
    },
  };
}
