import type { Request } from "express";
import { cookieOf } from "./cookie.ts";
import type { Credentials, Scope } from "./credentials.ts";
import type { Ended } from "./ended.ts";
import { readSession, type Session } from "./session.ts";

/** Who asks, as far as we care. */
export interface Visitor {
  scope: Scope;
  /** How they proved it; `open`: nobody is asked here. */
  by: "open" | "token" | "session";
  session?: Session;
}

interface Dependencies {
  /** Undefined: nobody is asked who they are. */
  credentials: Credentials | undefined;
  ended: Ended;
  /** Epoch ms. */
  now(): number;
}

export type Recognize = (req: Request) => Promise<Visitor | undefined>;

/** Recognizes visitors: by a token in `Authorization`, else by the session in their cookie. A wrong token is not made up for. */
export function createRecognition({ credentials, ended, now }: Dependencies): Recognize {
  return async (req) => {
    if (!credentials) return { scope: "write", by: "open" };
    const authorization = req.get("Authorization");
    if (authorization !== undefined) {
      const scope = credentials.scopeOf(tokenIn(authorization));
      return scope && { scope, by: "token" };
    }
    const session = readSession(cookieOf(req) ?? "", credentials.keys, now());
    return session && !(await ended.has(session)) ? { scope: session.scope, by: "session", session } : undefined;
  };
}

// Feed readers and calendars know Basic only: the token is its password, the user's name says nothing.
function tokenIn(authorization: string): string {
  const [, scheme = "", value = ""] = /^(Bearer|Basic) +(\S+)$/i.exec(authorization) ?? [];
  if (scheme.toLowerCase() !== "basic") return value;
  const pair = Buffer.from(value, "base64").toString();
  return pair.slice(pair.indexOf(":") + 1);
}
