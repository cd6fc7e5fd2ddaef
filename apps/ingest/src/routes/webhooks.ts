import type { ServerResponse } from "node:http";
import { HttpError } from "@statuswire/service";
import { type Observation, type Observations, webhookId } from "@statuswire/queues";
import type { Tell } from "@statuswire/telemetry";
import type { Webhook } from "@statuswire/verify";
import type { RequestHandler } from "express";
import { type Admission, createAdmission } from "../admission.ts";
import { jsonText } from "../body.ts";
import { refuseForeignHost } from "../browsers.ts";
import { createBudget } from "../budget.ts";
import type { Capacity } from "../capacity.ts";
import { createRecent, deliveryId } from "../delivery-id.ts";
import type { Figures } from "../figures.ts";
import { handshake } from "../handshake.ts";
import { createIntake } from "../intake.ts";
import type { RateLimit } from "../rate-limit.ts";
import { readBody } from "../read-body.ts";
import type { Sender, Senders } from "../senders.ts";
import { createTurns } from "../turns.ts";

export interface WebhookDependencies {
  observations: Observations;
  senders: Senders;
  /** Whether that is a name of this server, at which webhooks are believed without proof. */
  isOwnHost(name: string): boolean;
  rateLimit: RateLimit;
  capacity: Capacity;
  figures: Figures;
  limits: { bodyBytes: number; bufferedBytes: number; nesting: number; inFlight: number };
  tell: Tell;
  now(): Date;
}

/** What a provider may be called: as in a URL, and in the id of a job. */
const providerName = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** Headers that tell what a webhook is. None that prove who sent it, so none is secret. */
const kept = ["content-type", "user-agent", "webhook-id", "svix-id", "x-event-type", "x-github-event"];

/** Redeliveries come soon; those that come later are queued again, and make no change. */
const rememberedIds = 10_000;

/** The addresses that webhooks come to: a provider's, with a token behind it where the sender proves itself by that. */
export const webhookPath = "/webhooks/:provider{/:token}";

/**
 * Who, proof, JSON, queue: answers 202 once Redis has the bytes. Who may not send hears what every unknown address does.
 */
export function webhooks(dependencies: WebhookDependencies): RequestHandler<{ provider: string; token?: string }> {
  const { senders, isOwnHost, limits, figures, now } = dependencies;
  const admission = createAdmission(dependencies);
  const prove = createProving({ admission, tell: dependencies.tell });
  const take = createIntake(dependencies);
  const recent = createRecent(rememberedIds);
  const budget = createBudget(limits.bufferedBytes);
  const turns = createTurns();

  return async (req, res, next) => {
    const { token: pathToken } = req.params;
    const provider = nameOf(req.params.provider);
    const sender = senders.named(provider);
    if (!sender || (pathToken !== undefined && !sender.hasPathToken)) {
      next();
      return;
    }
    if (sender.trust === "believed") refuseForeignHost(req, isOwnHost);
    await admission.enter(req);
    if (sender.trust !== "verified") await admission.count({ provider, isVerified: false });

    const share = budget.open();
    res.once("close", share.release);
    const bytes = await readBody(req, { limit: limits.bodyBytes, share });
    const receivedAt = now();
    await prove({ provider, sender, receivedAt }, { body: bytes, headers: req.headers, pathToken });
    const body = await jsonText(bytes, { nesting: limits.nesting, turns });
    const greeting = handshake(req.headers, body);
    if (greeting) {
      res.json(greeting);
      return;
    }

    const name = deliveryId(req.headers);
    const id = webhookId(provider, bytes, name);
    const isHint = sender.trust === "hint";
    const isUnproven = sender.trust !== "verified";
    if (!recent.has(id))
      await take(observationOf({ id, provider, receivedAt, body, isHint, isUnproven }, req.headers));
    if (name !== undefined) recent.add(id);
    figures.accepted.inc();
    accept(res, JSON.stringify({ accepted: true, provider, id }));
  };
}

// `res.json` would cost as much as all that comes before; without a length, the answer would be sent in chunks.
function accept(res: ServerResponse, ascii: string): void {
  const headers = { "content-type": "application/json; charset=utf-8", "content-length": ascii.length };
  res.writeHead(202, headers).end(ascii);
}

interface Claim {
  provider: string;
  sender: Sender;
  receivedAt: Date;
}

/**
 * Refuses what its sender does not prove, and counts the request in the budget of the verified or of all others. The sender hears no
 * more than that; the log says why.
 */
function createProving({ admission, tell }: { admission: Admission; tell: Tell }) {
  return async function prove({ provider, sender, receivedAt }: Claim, webhook: Webhook): Promise<void> {
    if (sender.trust !== "verified") return;
    const verdict = sender.verify(webhook, receivedAt.getTime());
    const isVerified = verdict === "proven";
    await admission.count({ provider, isVerified });
    if (isVerified) return;
    tell("webhook.refused", { provider, proof: verdict });
    throw new HttpError(401, "unauthorized", { detail: "This webhook does not prove who sent it." });
  };
}

function nameOf(given: string): string {
  const name = given.toLowerCase();
  if (providerName.test(name)) return name;
  const detail = "A provider's name has letters, digits, dots, dashes and underscores, 64 at most.";
  throw new HttpError(404, "unknown_provider", { detail });
}

type Headers = NodeJS.Dict<string | string[]>;
type Arrived = Pick<Observation, "id" | "provider" | "body"> & {
  receivedAt: Date;
  isHint: boolean;
  isUnproven: boolean;
};

function observationOf(
  { id, provider, receivedAt, body, isHint, isUnproven }: Arrived,
  headers: Headers,
): Observation {
  return {
    id,
    provider,
    via: "webhook",
    receivedAt: receivedAt.toISOString(),
    body,
    headers: headersOf(headers),
    ...(isHint && { isHint }),
    ...(isUnproven && { isUnproven }),
  };
}

function headersOf(headers: Headers): Record<string, string> {
  const telling: Record<string, string> = {};
  for (const name of kept) {
    const value = headers[name];
    if (typeof value === "string") telling[name] = value.slice(0, 200);
  }
  return telling;
}
