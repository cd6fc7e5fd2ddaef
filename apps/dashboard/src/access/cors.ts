import type { RequestHandler } from "express";

/** Lets pages of these origins read the API; they prove who they are by a token, never by a visitor's session. */
export function cors(origins: readonly string[]): RequestHandler {
  return (req, res, next) => {
    const origin = req.get("Origin");
    if (!origins.length || origin === undefined) {
      next();
      return;
    }
    res.vary("Origin");
    if (origins.includes(origin)) {
      res.set({
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "ETag, Retry-After, WWW-Authenticate",
      });
      if (req.method === "OPTIONS") {
        res.set(preflight).status(204).end();
        return;
      }
    }
    next();
  };
}

const preflight = {
  "Access-Control-Allow-Methods": "GET, POST, DELETE",
  "Access-Control-Allow-Headers": "Authorization, Content-Type, If-None-Match, Last-Event-ID",
  "Access-Control-Max-Age": "600",
};
