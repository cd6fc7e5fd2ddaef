import { residentMb } from "@statuswire/testing";
import type { Part } from "../rig/part.ts";

const everyMs = 1000;

/** Watches how large the largest of some processes becomes, in MB. */
export function watchPeak(parts: readonly Part[]) {
  let peak = 0;
  const timer = setInterval(() => {
    for (const part of parts) void residentMb(part.pid()).then((mb) => (peak = Math.max(peak, Math.round(mb))));
  }, everyMs);
  return { mb: () => peak, stop: () => clearInterval(timer) };
}
