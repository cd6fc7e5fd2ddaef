import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** Listening ports on 127.0.0.1 that hand their connections to one place. */
export function createDoors(onConnection: (socket: Socket) => void) {
  const listening = new Set<Server>();
  const connected = new Set<Socket>();

  function enter(socket: Socket): void {
    connected.add(socket);
    socket.on("close", () => connected.delete(socket));
    onConnection(socket);
  }

  return {
    /** Opens a port, 0 for one that is free, and returns its number. */
    async open(port: number): Promise<number> {
      const door = createServer(enter);
      await listen(door, port);
      listening.add(door);
      return (door.address() as AddressInfo).port; // Not a pipe and not closed, so an AddressInfo.
    },
    /** Closes every port and every connection. */
    async close(): Promise<void> {
      const closed = [...listening].map((door) => new Promise((resolve) => door.close(resolve)));
      for (const socket of connected) socket.destroy();
      await Promise.all(closed);
      listening.clear();
    },
  };
}

function listen(door: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    door.once("error", reject);
    door.listen(port, "127.0.0.1", () => {
      door.off("error", reject);
      resolve();
    });
  });
}
