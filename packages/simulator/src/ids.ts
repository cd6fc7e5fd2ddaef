import { createHash } from "node:crypto";
import type { Vendor } from "./world.ts";

interface Identified {
  /** What the id stands for; the same always has the same id. */
  of: string;
  /** Keeps two runs of one scenario apart; ULIDs also begin with it. */
  at: Date;
}

/** An id in the vendor's own form. */
export function vendorId(vendor: Vendor, identified: Identified): string {
  return forms[vendor](identified);
}

/** An id that outlives a restart, for what was there before anything happened: pages, components, groups. */
export function lastingId(vendor: Vendor, of: string): string {
  return vendorId(vendor, { of, at: longAgo });
}

const longAgo = new Date("2025-01-01T00:00:00Z");

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const forms: Record<Vendor, (identified: Identified) => string> = {
  statuspage: (identified) => digest(identified).toString(36).slice(-12),
  incidentio: (identified) => base32(BigInt(identified.at.getTime()), 10) + base32(digest(identified), 16),
  apple: (identified) => `1${String(digest(identified)).slice(-9)}`,
};

function digest({ of, at }: Identified): bigint {
  return BigInt(`0x${createHash("sha256").update(`${at.getTime()} ${of}`).digest("hex")}`);
}

/** The lowest `length` digits, in the alphabet of ULIDs. */
function base32(value: bigint, length: number): string {
  const digit = (place: number) => crockford.charAt(Number((value >> BigInt(5 * place)) & 31n));
  return Array.from({ length }, (_, index) => digit(length - 1 - index)).join("");
}
