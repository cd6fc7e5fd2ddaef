import type { Response } from "express";

/** The body of a response that goes on until somebody ends it. */
export interface Outlet {
  /** Undefined: more can be written at once; else resolves when it can, or when nobody is there any more. */
  write(bytes: Buffer | string): Promise<void> | undefined;
  /** For how long (ms) its reader has left so much unread that nothing more can be written; 0: it can. */
  stuckMs(): number;
}

const head = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "private, no-cache, no-transform",
  // nginx would gather what must go at once.
  "X-Accel-Buffering": "no",
};

/** Begins a stream of server-sent events. */
export function openOutlet(res: Response): Outlet {
  // The body ends with the connection. So it needs no framing, and what many hear can be written to each socket as it is.
  res.useChunkedEncodingByDefault = false;
  res.shouldKeepAlive = false;
  res.writeHead(200, head).write("retry: 2000\n\n");
  // There is no socket yet while an earlier request on the connection is being answered.
  const body = res.socket ?? res;
  let stuckSince: number | undefined;

  return {
    write(bytes) {
      if (!bytes.length || body.destroyed || res.writableEnded || body.write(bytes)) return undefined;
      stuckSince = performance.now();
      return new Promise((resolve) => {
        const settle = () => {
          stuckSince = undefined;
          body.off("drain", settle).off("close", settle);
          resolve();
        };
        body.on("drain", settle).on("close", settle);
      });
    },
    stuckMs: () => (stuckSince === undefined ? 0 : performance.now() - stuckSince),
  };
}
