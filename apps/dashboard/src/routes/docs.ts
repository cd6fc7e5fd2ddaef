import { Router } from "express";
import { ownFilesOnly } from "../access/headers.ts";
import type { Assets } from "../assets.ts";
import { docsPage } from "../docs-page.ts";
import type { Operation } from "../operation.ts";

interface Dependencies {
  operations: readonly Operation[];
  assets: Assets | undefined;
}

/** `/api/v1/docs`: the API's own description, for people. */
export function docs({ operations, assets }: Dependencies): Router {
  let html: Promise<string> | undefined;
  const router = Router();
  router.get("/api/v1/docs", async (_req, res) => {
    res.set({ "Content-Security-Policy": ownFilesOnly, "Cache-Control": "private, no-cache" });
    html ??= openapiPage(operations, assets);
    res.type("html").send(await html);
  });
  return router;
}

async function openapiPage(operations: readonly Operation[], assets: Assets | undefined): Promise<string> {
  const description = operations.find(({ path }) => path === "/api/v1/openapi.json");
  return docsPage(await description?.perform({}), assets);
}
