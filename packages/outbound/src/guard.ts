import { isIP, type LookupFunction } from "node:net";
import { isOwn, isPublic, isWithin, toNetwork } from "./addresses.ts";
import { FetchError } from "./errors.ts";

export interface GuardOptions {
  allowPrivate: boolean | readonly string[];
  ports: readonly number[];
  lookup: LookupFunction;
}

export interface Guard {
  /** Throws unless a request may go there. Node looks no literal address up, so those are checked here. */
  check(url: URL): void;
  /** Resolves a name to those of its addresses that may be reached. The socket connects to exactly these. */
  lookup: LookupFunction;
}

/** Decides where requests may go: to the public internet, on the usual ports, and to what was allowed by name. */
export function createGuard({ allowPrivate, ports, lookup }: GuardOptions): Guard {
  const allowed = readAllowed(allowPrivate);

  function mayReach(host: string, address: string): boolean {
    return isPublic(address) || isWithin(allowed.networks, address) || (allowed.host(host) && isOwn(address));
  }

  function mayUsePort({ hostname, port }: URL): boolean {
    if (port === "" || port === "80" || port === "443" || ports.includes(Number(port))) return true;
    const host = withoutBrackets(hostname);
    return allowed.host(host) || (isIP(host) !== 0 && isWithin(allowed.networks, host));
  }

  return {
    check(url) {
      const host = withoutBrackets(url.hostname);
      if (url.protocol !== "https:" && url.protocol !== "http:")
        throw forbidden(`Only http and https can be fetched, not ${url.protocol}`);
      if (url.username || url.password)
        throw forbidden(`Take the user name and password out of the address of ${host}`);
      if (host === "unix" || (isIP(host) !== 0 && !mayReach(host, host))) throw isPrivate(host);
      if (!mayUsePort(url))
        throw forbidden(`Port ${url.port} of ${host} is not allowed; allow the port, or the host`);
    },

    lookup(hostname, options, callback) {
      lookup(hostname, { ...options, all: true }, (error, found) => {
        if (error) return callback(error, "");
        const [first, ...more] = Array.isArray(found)
          ? found.filter(({ address }) => mayReach(hostname, address))
          : [];
        if (!first) return callback(isPrivate(hostname), "");
        return options.all ? callback(null, [first, ...more]) : callback(null, first.address, first.family);
      });
    },
  };
}

function readAllowed(allowPrivate: boolean | readonly string[]) {
  if (typeof allowPrivate === "boolean") return { networks: [], host: () => allowPrivate };
  const entries = allowPrivate.map((entry) => withoutBrackets(entry.trim().toLowerCase()));
  const isNetwork = (entry: string) => entry.includes("/") || isIP(entry) !== 0;
  const hosts = new Set(entries.filter((entry) => !isNetwork(entry)));
  return { networks: entries.filter(isNetwork).map(toNetwork), host: (host: string) => hosts.has(host) };
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[|\]$/g, "");
}

function isPrivate(host: string): FetchError {
  return forbidden(`${host} is not on the public internet; if it should be reached, allow it by host or network`);
}

function forbidden(message: string): FetchError {
  return new FetchError(`${message}.`, { reason: "forbidden_address" });
}
