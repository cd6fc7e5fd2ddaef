import { prefix } from "@statuswire/queues";
import { network, type TakeFromBuckets } from "@statuswire/service";
import type { Tell } from "@statuswire/telemetry";
import { type Request, type Response, Router, urlencoded } from "express";
import { z } from "zod";
import { clearCookie, setCookie } from "../access/cookie.ts";
import type { Credentials } from "../access/credentials.ts";
import type { Ended } from "../access/ended.ts";
import { ownFilesOnly } from "../access/headers.ts";
import { ownPath } from "../access/own-path.ts";
import { openSession } from "../access/session.ts";
import type { Recognize } from "../access/visitors.ts";
import type { Assets } from "../assets.ts";
import { loginPage } from "../login-page.ts";

interface Dependencies {
  credentials: Credentials;
  recognize: Recognize;
  ended: Ended;
  take: TakeFromBuckets;
  assets: Assets | undefined;
  tell: Tell;
  /** Epoch ms. */
  now(): number;
}

const Typed = z.object({ secret: z.string().max(1000), next: z.string().default("/") });

/** Tries a minute: from one network, and from all together. */
const tries = { each: 5, all: 60 };

/** `/login` and `/logout`: a form, so that it works without a script. */
export function login(dependencies: Dependencies): Router {
  const { credentials, recognize, ended, take, assets, tell, now } = dependencies;

  function ask(
    res: Response,
    { status, next, mistake }: { status: number; next: string; mistake?: string },
  ): void {
    res.status(status).set({ "Content-Security-Policy": ownFilesOnly, "Cache-Control": "no-store" });
    res.type("html").send(loginPage({ next, mistake, assets }));
  }

  async function waitBefore({ ip = "" }: Request): Promise<number> {
    const [each, all] = [`${prefix}:login:${network(ip)}`, `${prefix}:login`];
    return take([
      { key: each, perMinute: tries.each },
      { key: all, perMinute: tries.all },
    ]);
  }

  const router = Router();

  router.get("/login", async (req, res) => {
    const next = ownPath(z.string().catch("/").parse(req.query["next"]));
    if (await recognize(req)) res.redirect(303, next);
    else ask(res, { status: 200, next });
  });

  router.post("/login", urlencoded({ extended: false, limit: 4096 }), async (req, res) => {
    const typed = Typed.safeParse(req.body);
    const next = ownPath(typed.data?.next ?? "/");
    const waitMs = await waitBefore(req);
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      res.set("Retry-After", String(seconds));
      ask(res, { status: 429, next, mistake: `Too many tries. Try again in ${seconds} s.` });
      return;
    }
    const key = typed.success ? await credentials.keyTo(typed.data.secret) : undefined;
    if (!key) {
      tell("login.refused", { address: req.ip });
      ask(res, { status: 401, next, mistake: "That is neither the password nor a token." });
      return;
    }
    const { session, text } = openSession(key, now());
    setCookie(res, session, text);
    tell("login.made", { address: req.ip, scope: key.scope });
    res.redirect(303, next);
  });

  router.post("/logout", async (req, res) => {
    const visitor = await recognize(req);
    if (visitor?.session) await ended.add(visitor.session);
    clearCookie(res);
    res.redirect(303, "/login");
  });

  return router;
}
