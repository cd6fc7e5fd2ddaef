/** How far a signed time may be from now, either way, in ms: what Standard Webhooks, Slack and Stripe recommend. */
const tolerance = 5 * 60 * 1000;

/** Whether a time, written in seconds since 1970, is close enough to now (in ms) that it can't be a replay. */
export function isFresh(seconds: string, now: number): boolean {
  return /^\d{1,12}$/.test(seconds) && Math.abs(now - Number(seconds) * 1000) <= tolerance;
}
