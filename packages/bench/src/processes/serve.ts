import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Listens on a free port, says so to the parent, and ends with it. */
export function serve(server: Server): void {
  server.listen(0, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo; // Listening on TCP, so an AddressInfo.
    process.send?.({ ready: true, url: `http://127.0.0.1:${port}` });
  });
  process.on("disconnect", () => process.exit());
}
