import type { Request, Response } from "express";
import type { Session } from "./session.ts";

/** The session's cookie. Behind TLS its name binds it to this host: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#__host- */
function nameFor({ secure }: Request): string {
  return secure ? "__Host-statuswire" : "statuswire";
}

/** What the session's cookie holds. */
export function cookieOf(req: Request): string | undefined {
  const start = `${nameFor(req)}=`;
  const pairs = req.get("Cookie")?.split(";") ?? [];
  return pairs
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(start))
    ?.slice(start.length);
}

export function setCookie(res: Response, { until }: Session, text: string): void {
  res.cookie(nameFor(res.req), text, { ...attributes(res.req), expires: new Date(until) });
}

export function clearCookie(res: Response): void {
  res.clearCookie(nameFor(res.req), attributes(res.req));
}

function attributes({ secure }: Request) {
  return { httpOnly: true, sameSite: "strict", secure, path: "/" } as const;
}
