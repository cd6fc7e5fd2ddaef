import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface LossyLine {
  url: string;
  /** The next answer never arrives: the line is cut in its place. */
  loseNextAnswer(): void;
  close(): Promise<void>;
}

/** A TCP line to a server on a unix socket that can lose an answer after the server has done what it was asked. */
export async function lossyLine(path: string): Promise<LossyLine> {
  const sockets = new Set<Socket>();
  let isLosing = false;
  const proxy = createServer((near) => {
    const far = connect(path);
    for (const socket of [near, far]) sockets.add(socket.on("error", () => undefined));
    near.pipe(far);
    far.on("close", () => near.destroy());
    near.on("close", () => far.destroy());
    far.on("data", (answer) => {
      if (!isLosing) return void near.write(answer);
      isLosing = false;
      near.destroy();
    });
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = proxy.address() as AddressInfo; // It listens on TCP, so it has one.
  return {
    url: `redis://127.0.0.1:${port}`,
    loseNextAnswer: () => void (isLosing = true),
    async close() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, "close");
    },
  };
}
