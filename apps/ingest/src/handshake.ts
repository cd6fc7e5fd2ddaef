import { z } from "zod";

/** https://docs.slack.dev/reference/events/url_verification */
const UrlVerification = z.object({ type: z.literal("url_verification"), challenge: z.string().max(1000) });

const longest = 4096;

/** The answer to a sender that only asks whether we are there: GitHub's ping, Slack's url_verification. */
export function handshake(headers: NodeJS.Dict<string | string[]>, text: string): object | undefined {
  if (headers["x-github-event"] === "ping") return { pong: true };
  if (text.length > longest || !text.includes("url_verification")) return undefined;
  const asked = UrlVerification.safeParse(JSON.parse(text.trim()));
  return asked.success ? { challenge: asked.data.challenge } : undefined;
}
