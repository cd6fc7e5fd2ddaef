import { HttpError } from "@statuswire/service";
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

/** The pages about one thing, and what of the API says whether there is such a thing. */
const subjects = {
  "/events/:id": "/api/v1/events/:id/trace",
  "/providers/:id": "/api/v1/providers/:id/history?days=1",
  "/incidents/:id": "/api/v1/incidents/:id",
  "/maintenances/:id": "/api/v1/maintenances/:id",
} as const;

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
  for (const [path, subject] of Object.entries(subjects))
    router.get(path, async (req, _res, next) => {
      next((await isMissing(answer(subject, { id: req.params["id"] }))) ? "router" : undefined);
    });
  router.get([...lists, ...Object.keys(subjects)], async (req, res) => {
    const { scope, session } = visitorOf(req);
    const [watched, { lostAt }, newest, ...answers] = await Promise.all([
      board.all(),
      board.network(),
      log.newest(50),
      ...shownFirst.map((url) => answer(url)),
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

/** Whether the API answers that there is no such thing. Any other trouble is for the page to tell. */
async function isMissing(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return false;
  } catch (error) {
    return error instanceof HttpError && error.status === 404;
  }
}

/** Asks our own API without a request. */
function asker(operations: readonly Operation[]) {
  return async (url: string, named: Readonly<Record<string, unknown>> = {}): Promise<unknown> => {
    const { pathname, searchParams } = new URL(url, "http://localhost");
    const operation = operations.find(({ method, path }) => method === "get" && path === pathname);
    if (!operation) throw new Error(`The API has no ${pathname}.`);
    return operation.perform({ ...Object.fromEntries(searchParams), ...named });
  };
}
