import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Random } from "./random.ts";

interface Yes {
  status: number;
  random: Random;
}

/** Something in front of a server that says yes at once, and passes only two requests in three on. Returns its URL and its end. */
export async function hastyDoor(target: string, { status, random }: Yes) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.writeHead(status).end();
      if (random.chance(1 / 3)) return;
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => /^(content-type|webhook-)/.test(name)),
      ) as Record<string, string>; // Those are never lists.
      void fetch(target + (request.url ?? "/"), { method: "POST", headers, body: Buffer.concat(chunks) })
        .then((answer) => answer.arrayBuffer())
        .catch(() => undefined);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // It listens on TCP, so it has one.
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
