import { HttpError } from "@statuswire/service";
import { type Observation, type Observations, webhookId } from "@statuswire/queues";
import { raw, Router } from "express";
import { jsonText } from "../body.ts";
import type { Figures } from "../figures.ts";

interface Dependencies {
  observations: Observations;
  figures: Figures;
  limits: { bodyBytes: number; inFlight: number };
  now(): Date;
}

/** What a provider may be called: as in a URL, and in the id of a job. */
const providerName = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Headers that tell what a webhook is. None that prove who sent it, so none is secret. */
const kept = ["content-type", "user-agent", "webhook-id", "svix-id", "x-event-type", "x-github-event"];

/** `POST /webhooks/:provider`. Reads the bytes, checks that they are JSON, and answers 202 once Redis has them. */
export function webhooks({ observations, figures, limits, now }: Dependencies): Router {
  const router = Router();
  let inFlight = 0;

  router.post("/webhooks/:provider", raw({ type: () => true, limit: limits.bodyBytes }), async (req, res) => {
    const provider = nameOf(req.params.provider);
    if (inFlight >= limits.inFlight) throw busy("Too many webhooks at once.");
    const body: unknown = req.body;
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const observation: Observation = {
      id: webhookId(provider, bytes),
      provider,
      via: "webhook",
      receivedAt: now().toISOString(),
      body: jsonText(bytes),
      headers: headersOf(req.headers),
    };
    inFlight++;
    try {
      await observations.add(observation);
    } catch {
      throw busy("Redis is not answering.");
    } finally {
      inFlight--;
    }
    figures.accepted.inc();
    res.status(202).json({ accepted: true, provider, id: observation.id });
  });

  return router;
}

function nameOf(given: string | undefined): string {
  const name = (given ?? "").toLowerCase();
  if (providerName.test(name)) return name;
  const detail = "A provider's name has letters, digits, dots, dashes and underscores, 64 at most.";
  throw new HttpError(404, "unknown_provider", { detail });
}

function busy(reason: string): HttpError {
  const detail = `${reason} Nothing was accepted; send it again in a few seconds.`;
  return new HttpError(503, "unavailable", { detail, retryAfterSeconds: 5 });
}

function headersOf(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(
    kept.flatMap((name) => {
      const value = headers[name];
      return typeof value === "string" ? [[name, value.slice(0, 200)]] : [];
    }),
  );
}
