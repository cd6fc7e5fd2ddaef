import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { isUnchanged } from "./conditional.ts";
import { html } from "./document.ts";
import type { Fault } from "./faults.ts";
import { answerAt, count, type Site } from "./site.ts";

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Whether ETags are weak. */
  weak: boolean;
}

/** Answers one request as the site would, in whatever trouble it is. */
export async function answer(site: Site, exchange: Exchange): Promise<void> {
  const fault = site.trouble?.fault;
  if (fault) await troubled(site, exchange, fault);
  else tell(site, exchange);
}

async function troubled(site: Site, exchange: Exchange, fault: Fault): Promise<void> {
  const { request, response } = exchange;
  switch (fault.kind) {
    case "drop":
      count(site, "dropped");
      request.destroy();
      return;
    case "status":
      if (fault.retryAfterSeconds !== undefined) response.setHeader("Retry-After", fault.retryAfterSeconds);
      send(site, exchange, { status: fault.status, type: "application/json", body: "{}" });
      return;
    case "html":
      send(site, exchange, { status: 200, ...html({ title: "502 Bad Gateway", lines: ["Please try again."] }) });
      return;
    case "delay":
      await wait(fault.ms, undefined, { ref: false });
      if (!response.destroyed) tell(site, exchange);
      return;
    case "stale":
      tell(site, exchange);
  }
}

function tell(site: Site, exchange: Exchange): void {
  const { request, response, weak } = exchange;
  const [path = "/"] = (request.url ?? "/").split("?");
  const { etag, lastModified, status = 200, type, body } = answerAt(site, path, weak);
  if (status === 200) response.setHeader("ETag", etag).setHeader("Last-Modified", lastModified);
  if (status === 200 && isUnchanged(request.headers, { etag, lastModified }))
    send(site, exchange, { status: 304 });
  else send(site, exchange, { status, type, body });
}

interface Reply {
  status: number;
  type?: string;
  body?: string;
}

function send(site: Site, { request, response }: Exchange, { status, type, body = "" }: Reply): void {
  count(site, status);
  if (type) response.setHeader("Content-Type", type).setHeader("Content-Length", Buffer.byteLength(body));
  response.writeHead(status).end(request.method === "HEAD" ? undefined : body);
}
