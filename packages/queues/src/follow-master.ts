import { createConnection, Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { AbstractConnector, type RedisOptions } from "ioredis";
import { type Directory, MasterError, openDirectory } from "./directory.ts";
import type { Access, Address, Replicated } from "./redis-url.ts";

const lookEveryMs = 300;
const disconnectMs = 2000;

/**
 * Where ioredis is to connect to: whoever is the master at that time. Once connected, the directory is asked again and again, and a
 * connection to another than the master is cut, so that ioredis connects anew: a master that hangs would never do that itself.
 * All keys stand on one slot, so the one master of that slot is all that we need of a cluster.
 * See docs/decisions/015-one-master-that-moves.md.
 */
export function followMaster(replicated: Replicated): NonNullable<RedisOptions["Connector"]> {
  const directory = openDirectory(replicated);
  const watched = watchMaster(directory);

  return class extends AbstractConnector {
    constructor() {
      super(disconnectMs);
    }

    override async connect(): Promise<Socket> {
      this.connecting = true;
      const stream = await this.#open();
      // For one that has ended, `disconnect` would wait two seconds.
      if (!stream.destroyed) this.stream = stream;
      if (this.#isWanted()) return stream;
      stream.destroy();
      // ioredis' own words, which it keeps to itself.
      throw new Error("Connection is closed.");
    }

    /** ioredis may have been disconnected while we looked for the master. */
    #isWanted(): boolean {
      return this.connecting;
    }

    // A server that has been told to follow another is about to be left by everybody.
    override check({ role }: { role?: string }): boolean {
      return role !== "slave";
    }

    async #open(): Promise<Socket> {
      try {
        const master = await directory.locate();
        const stream = openStream(master, replicated.access);
        stream.once("error", (error) => (this.firstError = error));
        watched.add(stream, master);
        return stream;
      } catch (error) {
        // A connection that failed is tried again; one that could not be had is given up for good.
        if (error instanceof Error) this.firstError = error;
        watched.rest();
        return new Socket().destroy();
      }
    }
  };
}

function openStream({ host, port }: Address, { tls }: Access): Socket {
  return tls ? connectTls({ host, port, ...tls }) : createConnection({ host, port });
}

/** Cuts what is connected to another than the master, and asks nobody while nothing is connected. */
function watchMaster(directory: Directory) {
  const streams = new Map<Socket, Address>();
  let isLooking = false;

  async function look(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    await delay(lookEveryMs, undefined, { ref: false });
    while (streams.size) {
      // While nobody knows, all stays as it is.
      const master = await directory.locate().catch(() => undefined);
      if (master) leaveOthersThan(master);
      await delay(lookEveryMs, undefined, { ref: false });
    }
    isLooking = false;
  }

  function leaveOthersThan({ host, port }: Address): void {
    for (const [stream, to] of streams) {
      if (to.host === host && to.port === port) continue;
      stream.destroy(new MasterError(`${to.host}:${to.port} is not the master any more; ${host}:${port} is.`));
    }
  }

  // Nothing that the directory has opened is to outlive the last connection.
  function rest(): void {
    if (!streams.size) directory.close();
  }

  return {
    add(stream: Socket, to: Address): void {
      streams.set(stream, to);
      stream.once("close", () => {
        streams.delete(stream);
        rest();
      });
      void look();
    },
    rest,
  };
}
