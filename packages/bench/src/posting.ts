import { Agent, request } from "node:http";
import { incidentPush, openIncident } from "@statuswire/simulator";
import type { Stage } from "./stage.ts";
import { pageOf, type Webhook } from "./webhooks.ts";

/** The opening of an incident with a title of its own: it makes one event, whatever came before. */
export function opening(provider: string, { title, index }: { title: string; index: number }): Webhook {
  const at = new Date();
  const body = `${title}: we are investigating elevated error rates, and will share what we find as soon as we can.`;
  // An incident's id is made of the page's revision and the time.
  const quiet = { ...pageOf(provider, at), revision: index };
  const page = openIncident(quiet, { title, impact: "minor", status: "investigating", body, at });
  const push = incidentPush(page, page.incidents[0]?.id ?? "", { origin: "https://status.example.com", at });
  return { provider, body: JSON.stringify(push) };
}

/**
 * Posts webhooks to the ingest at an address, by one kept-alive connection per webhook under way; ends with the stage. Node's
 * own `fetch` takes a millisecond, most of what is measured. Rejects when a webhook is not accepted.
 */
export function createPoster(stage: Stage, ingest: string): (webhook: Webhook) => Promise<void> {
  const agent = new Agent({ keepAlive: true });
  stage.defer(async () => agent.destroy());
  const options = { method: "POST", headers: { "content-type": "application/json" }, agent };
  return ({ provider, body }) =>
    new Promise((resolve, reject) => {
      const asked = request(`${ingest}/webhooks/${provider}`, options, (response) => {
        response.resume();
        response.once("end", resolve);
        if (response.statusCode !== 202) reject(new Error(`A webhook was answered with ${response.statusCode}.`));
      });
      asked.once("error", reject);
      asked.end(body);
    });
}
