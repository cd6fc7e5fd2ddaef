import type { RedisOptions } from "ioredis";

export interface Address {
  host: string;
  port: number;
}

/** How to log in. */
export type Access = Pick<RedisOptions, "username" | "password" | "tls">;

/** Servers of which one is the master, and who knows which. */
export interface Replicated {
  by: keyof typeof defaultPorts;
  /** The sentinels, or nodes of the cluster. */
  guides: readonly Address[];
  /** What the sentinels call the master. */
  name: string;
  access: Access;
  guideAccess: Access;
}

const defaultPorts = { sentinel: 26379, cluster: 6379 } as const;
const form = /^(rediss?)\+(sentinel|cluster):\/\/(?:([^@/]*)@)?([^@/?]+)(?:\/([^?]*))?(?:\?(.*))?$/;

/**
 * The servers that a `REDIS_URL` names by their sentinels (`redis+sentinel://user:password@host:port,…/master`) or by nodes of
 * their cluster (`redis+cluster://…`), `rediss+` for TLS; undefined for a single server. Throws an Error that repeats no secret.
 */
export function readReplicated(url: string): Replicated | undefined {
  if (!/^rediss?\+/.test(url)) return undefined;
  const [, scheme, by, login = "", hosts = "", name = "", query] = form.exec(url) ?? [];
  if (by !== "sentinel" && by !== "cluster")
    throw mistake("is neither redis+sentinel://HOST:PORT,…/MASTER nor redis+cluster://HOST:PORT,…");
  if ((by === "sentinel") !== (name !== ""))
    throw mistake(
      by === "sentinel"
        ? "names sentinels, but not their master: add /NAME"
        : "names a cluster: nothing follows its nodes",
    );
  const tls = scheme === "rediss" ? { tls: {} } : {};
  const access = { ...readLogin(login), ...tls };
  const guides = hosts.split(",").map((host) => readAddress(host, defaultPorts[by]));
  const guideAccess = by === "cluster" ? access : { ...readGuideLogin(query), ...tls };
  return { by, guides, name: decode(name), access, guideAccess };
}

function readLogin(login: string): Access {
  const [username = "", ...rest] = login.split(":");
  return accessOf(decode(username), decode(rest.join(":")));
}

// Sentinels have users of their own.
function readGuideLogin(query: string | undefined): Access {
  const given = new URLSearchParams(query);
  const others = [...given.keys()].filter((key) => !["sentinelUsername", "sentinelPassword"].includes(key));
  if (others.length)
    throw mistake("takes sentinelUsername and sentinelPassword behind its question mark, nothing else");
  return accessOf(given.get("sentinelUsername") ?? "", given.get("sentinelPassword") ?? "");
}

function accessOf(username: string, password: string): Access {
  return { ...(username && { username }), ...(password && { password }) };
}

function readAddress(text: string, defaultPort: number): Address {
  const url = `redis://${text.trim()}`;
  if (!URL.canParse(url)) throw mistake(`names "${text}", which is no host and port`);
  const { hostname, port } = new URL(url);
  return { host: hostname.replaceAll(/[[\]]/g, ""), port: Number(port) || defaultPort };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw mistake("has a % that stands for no character: write %25");
  }
}

function mistake(what: string): Error {
  return new Error(`REDIS_URL ${what}. See docs/redis.md.`);
}
