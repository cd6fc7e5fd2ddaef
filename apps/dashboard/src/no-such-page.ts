import type { RequestHandler } from "express";
import { isWrite } from "./access/cross-site.ts";
import { ownFilesOnly } from "./access/headers.ts";
import { type Assets, linksTo } from "./assets.ts";
import { htmlDocument } from "./document.ts";
import { escaped } from "./feeds/xml.ts";

/** Answers a browser that asks for an unknown path with a page that leads back. Programs get a problem as JSON. */
export function noSuchPage(assets: Assets | undefined): RequestHandler {
  return (req, res, next) => {
    if (isWrite(req) || req.path.startsWith("/api/") || req.accepts(["json", "html"]) !== "html") {
      next();
      return;
    }
    res.status(404).set({ "Content-Security-Policy": ownFilesOnly, "Cache-Control": "no-store" });
    res.type("html").send(page(req.path, assets));
  };
}

function page(path: string, assets: Assets | undefined): string {
  return htmlDocument({
    title: "Page not found · Statuswire",
    head: [assets ? linksTo({ ...assets, script: undefined }) : ""],
    body: `<div id="root">
<header class="top"><a class="brand" href="/"><img src="/favicon.svg" alt="" width="22" height="22">Statuswire</a></header>
<main>
<h1>Page not found</h1>
<p>This dashboard has no page at <code>${escaped(path)}</code>.</p>
<p><a href="/">Back to the services</a> · <a href="/events">Events</a> · <a href="/deliveries">Deliveries</a></p>
</main>
</div>`,
  });
}
