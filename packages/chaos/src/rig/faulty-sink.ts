import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Stage } from "./stage.ts";

/** What a sink does instead of taking what it is told. */
export type Fault = "errors" | "throttles" | "resets" | "hangs" | "refuses";

/** A webhook endpoint that can be put in trouble, and out of it. */
export interface FaultySink {
  url: string;
  /** When each message was taken, by its incident's title or else its id, as often as that was; by `performance.now()`. */
  readonly taken: ReadonlyMap<string, readonly number[]>;
  fail(fault: Fault): Promise<void>;
  recover(): Promise<void>;
}

const answers: Readonly<Record<Fault, (response: ServerResponse) => unknown>> = {
  errors: (response) => response.writeHead(500).end(),
  throttles: (response) => response.writeHead(429, { "retry-after": "2" }).end(),
  resets: (response) => response.socket?.destroy(),
  // It never says a word.
  hangs: () => undefined,
  refuses: (response) => response.socket?.destroy(),
};

/** How many incidents it was never told. */
export function missing({ taken }: FaultySink, titles: readonly string[]): number {
  return titles.filter((title) => !taken.has(title)).length;
}

/** How many deliveries it took that were one too many. */
export function doubled({ taken }: FaultySink): number {
  return [...taken.values()].reduce((total, times) => total + times.length - 1, 0);
}

/** Opens a sink that takes everything. It ends with the stage. */
export async function openFaultySink(stage: Stage): Promise<FaultySink> {
  const taken = new Map<string, number[]>();
  let fault: Fault | undefined;
  const server = createServer((request, response) => void receive(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // It listens on TCP, so it has one.
  stage.defer(async () => {
    server.closeAllConnections();
    server.close();
  });

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request).catch(() => "");
    if (fault) return void answers[fault](response);
    // What is about no incident, such as a failing sink, is a message of its own.
    const key = /"title":"(Incident \d+)"/.exec(body)?.[1] ?? String(request.headers["webhook-id"]);
    taken.set(key, [...(taken.get(key) ?? []), performance.now()]);
    response.writeHead(204).end();
  }

  return {
    url: `http://127.0.0.1:${port}/`,
    taken,
    async fail(next) {
      fault = next;
      if (next !== "refuses") return;
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
    async recover() {
      // Those that it keeps waiting hear that it has been started anew.
      server.closeAllConnections();
      if (fault === "refuses") await once(server.listen(port, "127.0.0.1"), "listening");
      fault = undefined;
    },
  };
}
