import { Router, static as files } from "express";
import type { Log } from "@statuswire/store";
import type { Assets } from "../assets.ts";
import type { Board } from "../board.ts";
import type { Operation } from "../operation.ts";
import { type First, page } from "../page.ts";
import { eventView } from "../views/event.ts";
import { providerSummary } from "../views/provider.ts";

interface Dependencies {
  board: Board;
  log: Log;
  operations: readonly Operation[];
  /** Where the built page is. */
  folder: string;
  assets: Assets | undefined;
}

const paths = ["/", "/events", "/deliveries", "/providers/:id", "/incidents/:id", "/maintenances/:id"];

/** What the page shows first, and keeps fresh by itself afterwards. */
const shownFirst = ["/api/v1/providers", "/api/v1/incidents?state=open", "/api/v1/maintenances?state=ahead"];

// Nothing but our own files runs, and nobody frames us: what vendors write has no way to act.
const policy = [
  "default-src 'none'",
  ...["script-src", "style-src", "img-src", "connect-src"].map((directive) => `${directive} 'self'`),
  ...["base-uri", "form-action", "frame-ancestors"].map((directive) => `${directive} 'none'`),
].join("; ");

/** The page: HTML that can be read as it is, and the script that keeps it live. */
export function pages({ board, log, operations, folder, assets }: Dependencies): Router {
  const answer = asker(operations);
  const router = Router();
  router.get(paths, async (_req, res) => {
    const [watched, newest, ...answers] = await Promise.all([
      board.all(),
      log.newest(50),
      ...shownFirst.map(answer),
    ]);
    const first: First = {
      answers: Object.fromEntries(shownFirst.map((url, index) => [url, answers[index]])),
      events: newest.toReversed().map(eventView),
      head: newest[0]?.seq ?? "0-0",
    };
    res.set({ "Content-Security-Policy": policy, "Cache-Control": "no-cache", "Referrer-Policy": "no-referrer" });
    res.type("html").send(page({ providers: watched.map(providerSummary), first, assets }));
  });
  router.use("/assets", files(`${folder}/assets`, { immutable: true, maxAge: "1y", index: false }));
  for (const file of ["theme.js", "favicon.svg"]) router.use(`/${file}`, files(`${folder}/${file}`));
  return router;
}

/** Asks our own API without a request. */
function asker(operations: readonly Operation[]) {
  return async (url: string): Promise<unknown> => {
    const { pathname, searchParams } = new URL(url, "http://localhost");
    const operation = operations.find(({ method, path }) => method === "get" && path === pathname);
    if (!operation) throw new Error(`The API has no ${pathname}.`);
    return operation.perform(Object.fromEntries(searchParams));
  };
}
