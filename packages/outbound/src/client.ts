import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import type { Got, HandlerFunction, Options as GotOptions } from "got";

export interface Client {
  /** Loaded with the first request: a process that starts does not wait for it. */
  got(): Promise<Got>;
  close(): void;
}

const agentOptions = { keepAlive: true, maxSockets: 16, maxFreeSockets: 2, timeout: 30_000 };

interface Options {
  userAgent: string;
  lookup: LookupFunction;
}

/** An HTTP client on connections of its own. */
export function createClient(options: Options): Client {
  const agent = { http: new http.Agent(agentOptions), https: new https.Agent(agentOptions) };
  let loading: Promise<Got> | undefined;
  return {
    got: () => (loading ??= load(agent, options)),
    close() {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}

/** got with everything off that it does by itself, and a limit in milliseconds on every phase of a request. */
async function load(
  agent: { http: http.Agent; https: https.Agent },
  { userAgent, lookup }: Options,
): Promise<Got> {
  const { got } = await import("got");
  return got.extend({
    handlers: [lean],
    agent,
    dnsLookup: lookup,
    headers: { "user-agent": userAgent, "accept-encoding": "gzip, br" },
    // got reads a redirect's own body without any limit (14.6.6); fetchPage follows redirects instead.
    followRedirect: false,
    maxHeaderSize: 16_384,
    retry: { limit: 0 },
    throwHttpErrors: false,
    timeout: { lookup: 2000, connect: 3000, secureConnect: 3000, send: 5000, socket: 5000, response: 8000 },
  });
}

/**
 * Has got hand node:http what is set above and nothing else. By itself it names three dozen options (14.6.6), in an object of
 * which V8 thinks up a new shape each time (11.3): 17 KB a request that only a full collection frees.
 */
const lean: HandlerFunction = (options, next) => {
  Object.assign(options, { createNativeRequestOptions: () => nativeOptions(options) });
  return next(options);
};

function nativeOptions({ url, agent, dnsLookup: lookup, maxHeaderSize, method, headers }: GotOptions) {
  const isSecure = String(url).startsWith("https:");
  return { agent: isSecure ? agent.https : agent.http, lookup, maxHeaderSize, method, headers };
}
