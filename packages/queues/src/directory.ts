import { Redis } from "ioredis";
import { z } from "zod";
import { prefix } from "./queues.ts";
import type { Access, Address, Replicated } from "./redis-url.ts";

/** Who knows which server is the master. */
export interface Directory {
  /** Where it is now. Rejects when nobody who answers in time knows. */
  locate(): Promise<Address>;
  /** Ends its connections; asked again, it opens new ones. */
  close(): void;
}

/** What one of those who know says, and how new that is: each failover has a higher epoch. */
export interface Answer {
  master: Address;
  epoch: number;
}

/** The master is not known, or is another. It has a code, as all has that befalls a connection. */
export class MasterError extends Error {
  override readonly name = "MasterError";
  readonly code = "NO_MASTER";
}

/** So long is waited for each, all at once. */
const patienceMs = 500;

/** Asks all sentinels, or all nodes named, and believes the one who knows of the latest failover: others may hang, or be cut off. */
export function openDirectory({ by, guides, name, guideAccess }: Replicated): Directory {
  const ask = by === "sentinel" ? askSentinel : askNode;
  let asked: Redis[] = [];
  let trouble: unknown;

  function reachAll(): Redis[] {
    const note = (error: unknown) => (trouble = error);
    return guides.map((guide) => reach(guide, guideAccess).on("error", note));
  }

  return {
    async locate() {
      if (!asked.length) asked = reachAll();
      const answers = await Promise.allSettled(asked.map((guide) => ask(guide, name)));
      const known = answers.flatMap((answer) => (answer.status === "fulfilled" ? (answer.value ?? []) : []));
      const [newest] = known.toSorted((one, other) => other.epoch - one.epoch);
      if (newest) {
        trouble = undefined;
        return newest.master;
      }
      const refused: unknown = answers.find((answer) => answer.status === "rejected")?.reason;
      const cause = trouble ?? refused;
      const all = guides.map(({ host, port }) => `${host}:${port}`).join(", ");
      const why = cause instanceof Error ? ` (${cause.message})` : "";
      throw new MasterError(`None of ${all} says where the master is${why}.`, { cause });
    },
    close() {
      for (const guide of asked) guide.disconnect();
      asked = [];
    },
  };
}

function reach(address: Address, access: Access): Redis {
  return new Redis({
    ...address,
    ...access,
    ...{ connectTimeout: patienceMs, commandTimeout: patienceMs, maxRetriesPerRequest: 0 },
    ...{ enableReadyCheck: false, disableClientInfo: true, connectionName: "statuswire-directory" },
    retryStrategy: () => patienceMs,
    // For a socket that has ended already, ioredis would wait two seconds.
    disconnectTimeout: 0,
  });
}

const SentinelAddress = z.tuple([z.string(), z.coerce.number().int()]);

async function askSentinel(sentinel: Redis, name: string): Promise<Answer> {
  const [address, facts] = await Promise.all([
    sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", name),
    sentinel.call("SENTINEL", "MASTER", name),
  ]);
  const [host, port] = SentinelAddress.parse(address);
  const all = z.array(z.string()).parse(facts);
  return { master: { host, port }, epoch: Number(all[all.indexOf("config-epoch") + 1]) };
}

async function askNode(node: Redis): Promise<Answer | undefined> {
  const [slot, nodes] = await Promise.all([
    node.call("CLUSTER", "KEYSLOT", prefix),
    node.call("CLUSTER", "NODES"),
  ]);
  const master = masterOf(z.int().parse(slot), z.string().parse(nodes));
  // A node that nobody has met does not know its own address.
  const host = master?.master.host || node.options.host;
  return master && host ? { ...master, master: { ...master.master, host } } : undefined;
}

/** The master of a slot in what `CLUSTER NODES` says; undefined when nobody serves the slot. */
export function masterOf(slot: number, nodes: string): Answer | undefined {
  const answers = nodes.split("\n").flatMap((line) => {
    const [, address = "", flags = "", , , , epoch, , ...slots] = line.split(" ");
    const isMaster = flags.split(",").includes("master") && slots.some((range) => includes(range, slot));
    return isMaster ? [{ master: addressIn(address), epoch: Number(epoch) }] : [];
  });
  return answers.toSorted((one, other) => other.epoch - one.epoch)[0];
}

// `0-5460` or `5461`; a slot on its way elsewhere is repeated in brackets.
function includes(range: string, slot: number): boolean {
  const [from, to = from] = range.split("-").map(Number);
  return from !== undefined && to !== undefined && from <= slot && slot <= to;
}

// `10.0.0.1:6379@16379`, from Redis 7 on with `,hostname` behind it.
function addressIn(text: string): Address {
  const [, ip = "", port, hostname] = /^(.*):(\d+)@\d+(?:,([^,]*))?/.exec(text) ?? [];
  return { host: hostname || ip, port: Number(port) };
}
