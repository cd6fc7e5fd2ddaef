import compression from "compression";
import type { RequestHandler } from "express";

const pack = compression();

/** Packs answers for whoever can unpack them, but for live streams: what is packed together would wait for more of it. */
export const packed: RequestHandler = (req, res, next) => {
  if (req.path === "/api/v1/stream") next();
  else pack(req, res, next);
};
