import { isIP } from "node:net";
import { z } from "zod";

/** Names of hosts in an environment variable, separated by commas. */
export const hostNames = z
  .string()
  .transform((text) => text.split(",").map((name) => name.trim().toLowerCase()))
  .pipe(z.array(z.string().regex(/^[a-z0-9.-]+$/, "Write names without a port, separated by commas.")));

/** The name in a Host header, without the port: "" when there is none. */
export function hostnameIn(host: string): string {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, "") : "";
}

/** Whether a page elsewhere cannot have this name as its own: an address, or localhost. Any other may be made to resolve to us. */
export function isAddressOrLocalhost(name: string): boolean {
  return isIP(name) !== 0 || name === "localhost" || name.endsWith(".localhost");
}
