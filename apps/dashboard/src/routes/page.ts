import type { Log } from "@statuswire/store";
import { Router, static as files } from "express";
import type { Guard } from "../access/guard.ts";
import { ownFilesOnly } from "../access/headers.ts";
import type { Assets } from "../assets.ts";
import type { Board } from "../board.ts";
import type { Operation } from "../operation.ts";
import { type First, page } from "../page.ts";
import { eventView } from "../views/event.ts";
import { providerSummary } from "../views/provider.ts";
import { SinksView } from "./sinks.ts";

interface Dependencies {
  board: Board;
  log: Log;
  operations: readonly Operation[];
  visitorOf: Guard["visitorOf"];
  assets: Assets | undefined;
}

const lists = ["/", "/events", "/deliveries", "/add"];
const subjects = ["/events/:seq", "/providers/:id", "/incidents/:id", "/maintenances/:id"];

/** The lists that the first page holds: whoever shortens an address by hand is led there. */
const shortened = ["/providers", "/incidents", "/maintenances"];

/** What the page shows first, and keeps fresh by itself afterwards. */
const shownFirst = [
  "/api/v1/network",
  "/api/v1/providers",
  "/api/v1/incidents?state=open",
  "/api/v1/maintenances?state=ahead",
  "/api/v1/sinks",
];

/** The page: HTML that can be read as it is, and the script that keeps it live. */
export function pages({ board, log, operations, visitorOf, assets }: Dependencies): Router {
  const answer = asker(operations);
  const healthOfSinks = async () => SinksView.parse(await answer("/api/v1/sinks")).sinks;
  const router = Router();
  router.get([...lists, ...subjects], async (req, res) => {
    const { scope, session } = visitorOf(req);
    const [watched, { lostAt }, newest, ...answers] = await Promise.all([
      board.all(),
      board.network(),
      log.newest(50),
      ...shownFirst.map(answer),
    ]);
    const first: First = {
      answers: Object.fromEntries(shownFirst.map((url, index) => [url, answers[index]])),
      events: newest.toReversed().map(eventView),
      head: newest[0]?.seq ?? "0-0",
      visitor: { scope, hasSession: session !== undefined },
    };
    res.set({ "Content-Security-Policy": ownFilesOnly, "Cache-Control": "private, no-cache" });
    const failingSinks = (await healthOfSinks()).filter(({ state }) => state !== "ok");
    res.type("html").send(page({ providers: watched.map(providerSummary), failingSinks, lostAt, first, assets }));
  });
  router.get(shortened, (_req, res) => res.redirect("/"));
  return router;
}

/** The files that the page is made of. They tell nobody anything. */
export function pageFiles(folder: string): Router {
  const router = Router();
  router.use("/assets", files(`${folder}/assets`, { immutable: true, maxAge: "1y", index: false }));
  for (const file of ["theme.js", "favicon.svg", "queues.js", "queues.css"])
    router.use(`/${file}`, files(`${folder}/${file}`));
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
