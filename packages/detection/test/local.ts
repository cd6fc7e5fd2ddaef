import { readFileSync } from "node:fs";
import { createOutbound } from "@statuswire/outbound";
import { serve, type LocalServer } from "@statuswire/testing";
import { detect, type Detection, type Match } from "../src/index.ts";

/** What a server answers by path and query: a body, a redirect, or a status alone. Anything else is a 404. HOST is its own. */
export type Site = Readonly<Record<string, string | { to: string } | { status: number; after?: string }>>;

export interface Played extends LocalServer {
  /** The paths that were asked for, in order. */
  asked: string[];
}

/** A real server that plays a status page; one text is what it answers everywhere. */
export async function play(site: Site | string): Promise<Played> {
  const asked: string[] = [];
  const server = await serve((request, response) => {
    const path = (request.url ?? "").replace(request.headers.host ?? "", "HOST");
    asked.push(path);
    const said = typeof site === "string" ? site : (new Map(Object.entries(site)).get(path) ?? { status: 404 });
    if (typeof said === "string") response.end(said);
    else if ("to" in said) response.writeHead(302, { location: said.to }).end();
    else response.writeHead(said.status, said.after ? { "retry-after": said.after } : {}).end("<html>no</html>");
  });
  return { ...server, asked };
}

/** A detection as it is printed: with the page as text. */
type Printed = Omit<Detection, "best"> & { best?: Omit<Match, "page"> & { page: string } };

/** Asks a local page as the real thing would be asked. */
export async function ask(url: string, known?: Parameters<typeof detect>[1]["serviceAt"]): Promise<Printed> {
  const outbound = createOutbound({ allowPrivate: ["127.0.0.1"] });
  try {
    const detection = await detect(new URL(url), {
      fetchPage: outbound.fetchPage,
      ...(known && { serviceAt: known }),
    });
    return JSON.parse(JSON.stringify(detection)) as Printed; // what JSON makes of it
  } finally {
    outbound.close();
  }
}

/** A payload as the vendor sends it. */
export function fixture(path: string): string {
  return readFileSync(new URL(`../../adapters/fixtures/${path}`, import.meta.url), "utf8");
}
