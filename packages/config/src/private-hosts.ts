import { BlockList, isIP } from "node:net";
import type { AllowPrivate } from "./config.ts";

// RFC 6890 and its successors: what is not on the public Internet.
const privateRanges = blockList([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "::1/128",
  "fc00::/7",
  "fe80::/10",
]);

/** Whether a URL plainly names this machine or its own network. A public name that resolves to one is not seen here. */
export function isPrivate(page: string): boolean {
  const host = hostOf(page);
  if (isIP(host)) return contains(privateRanges, host);
  return isLocalhost(host) || !host.includes(".");
}

/** Whether `allowPrivate` lets a private page be asked, as far as its address tells. */
export function isAllowed(allowPrivate: AllowPrivate, page: string): boolean {
  if (typeof allowPrivate === "boolean") return allowPrivate;
  const host = hostOf(page);
  if (allowPrivate.some((allowed) => allowed.toLowerCase() === host)) return true;
  const ranges = allowPrivate.filter((allowed) => isIP(allowed) || isRange(allowed));
  if (isIP(host)) return contains(blockList(ranges), host);
  if (isLocalhost(host)) return ["127.0.0.1", "::1"].some((address) => contains(blockList(ranges), address));
  return ranges.length > 0;
}

/** Whether the text is a host's name, an address, or a CIDR range. */
export function isHostOrRange(text: string): boolean {
  if (text.includes("/")) return isRange(text);
  return isIP(text) !== 0 || (/^[a-z0-9_]([a-z0-9._-]*[a-z0-9])?$/i.test(text) && !/^[\d.]+$/.test(text));
}

function isRange(text: string): boolean {
  const [, address = "", bits = ""] = /^(.+)\/(\d{1,3})$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
}

function isLocalhost(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost");
}

function hostOf(page: string): string {
  return new URL(page).hostname.toLowerCase().replace(/^\[|\]$/g, "");
}

function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const family = isIP(address);
    list.addSubnet(address, Number(bits ?? (family === 4 ? 32 : 128)), family === 4 ? "ipv4" : "ipv6");
  }
  return list;
}

function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");
}
