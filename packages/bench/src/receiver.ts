import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Stage } from "./stage.ts";

/** A receiver of webhooks that takes its time. */
export interface Receiver {
  url: string;
  /** How many it has answered. */
  received(): number;
  /** From now on, it answers after so many ms. */
  answerAfter(ms: number): void;
}

/** Listens in this process, which has little else to do, and answers each request 204. Ended with the stage. */
export async function startReceiver(stage: Stage): Promise<Receiver> {
  let received = 0;
  let answersAfterMs = 0;
  const server = createServer((request, response) => {
    request.resume();
    setTimeout(() => {
      received++;
      response.writeHead(204).end();
    }, answersAfterMs);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  stage.defer(async () => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => received,
    answerAfter: (ms) => void (answersAfterMs = ms),
  };
}
