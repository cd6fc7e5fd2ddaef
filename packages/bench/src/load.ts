import { connect, type Socket } from "node:net";
import type { Webhook } from "./webhooks.ts";

interface Load {
  /** Where the server listens: `http://127.0.0.1:4711`. */
  url: string;
  /** Sent one after another, by whichever connection is free. */
  webhooks: Iterator<Buffer, undefined>;
  connections: number;
}

/** How a server took the load. */
export interface Taken {
  /** Answers of 202. */
  accepted: number;
  refused: number;
  /** The last of the other answers. */
  refusal: string;
}

export const connections = 64;

const mark = "4711471147114711";

/**
 * Requests for an endless load: some webhooks again and again, each with a number in it, so that none repeats another.
 * Endless, and made by copying bytes: node's own client would be the slowest part of what is measured.
 */
export function* endlessly(webhooks: readonly Webhook[]): Generator<Buffer, never> {
  const templates = webhooks.map(numbered);
  for (let number = 0; ;) {
    for (const { template, place } of templates) {
      const bytes = Buffer.from(template);
      bytes.write(String(number++).padStart(mark.length, "0"), place, "latin1");
      yield bytes;
    }
  }
}

/** A webhook's request, with the place in it where the number goes. */
function numbered({ provider, body }: Webhook): { template: Buffer; place: number } {
  const template = request(provider, body.replace(/"generated_at":"[^"]*"/, `"generated_at":"${mark}"`));
  const place = template.indexOf(mark);
  if (place < 0) throw new Error("The webhook has no place for a number.");
  return { template, place };
}

/** Each webhook once. */
export function* once(webhooks: readonly Webhook[]): Generator<Buffer, undefined> {
  for (const { provider, body } of webhooks) yield request(provider, body);
  return undefined;
}

function request(provider: string, body: string): Buffer {
  return Buffer.from(
    `POST /webhooks/${provider} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Puts a server under load, one request at a time on each kept-alive connection, until told to stop or nothing is left. */
export function putUnderLoad({ url, webhooks, connections: count }: Load) {
  const taken: Taken = { accepted: 0, refused: 0, refusal: "" };
  const { hostname, port } = new URL(url);
  const sockets = Array.from({ length: count }, () => connect(Number(port), hostname).setNoDelay());
  let isStopping = false;
  const done = Promise.all(sockets.map((socket) => keepAsking(socket)));

  function keepAsking(socket: Socket): Promise<void> {
    return new Promise((resolve, reject) => {
      const next = () => {
        const bytes = isStopping ? undefined : webhooks.next().value;
        if (bytes) socket.write(bytes);
        else socket.end();
      };
      socket.on("connect", next);
      socket.on("error", reject);
      socket.on("close", () => resolve());
      onAnswers(socket, (answer) => {
        if (answer.startsWith("HTTP/1.1 202 ")) taken.accepted++;
        else {
          taken.refused++;
          taken.refusal = answer;
        }
        next();
      });
    });
  }

  return {
    /** What has been taken so far. */
    sofar: (): Taken => ({ ...taken }),
    /** Resolves once every connection is closed. */
    done,
    async stop(): Promise<void> {
      isStopping = true;
      await done;
    },
  };
}

/** Calls back with each answer. Reads no more HTTP than our own servers write: heads with a content-length. */
function onAnswers(socket: Socket, answered: (answer: string) => void): void {
  let text = "";
  socket.on("data", (bytes: Buffer) => {
    text += bytes.toString("latin1");
    const headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (text.length < headEnd + 4 + length) return;
    const answer = text;
    text = "";
    answered(answer);
  });
}
