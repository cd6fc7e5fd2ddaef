import type { Provider } from "@statuswire/config";
import { detect } from "@statuswire/detection";
import type { Reading, Readings } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import type { Pages } from "./read-page.ts";

interface Dependencies {
  outbound: Pages;
  readings: Readings;
  tell: Tell;
  now(): Date;
}

const minute = 60_000;
/** Between two detections: short at first, because a page may be blank for a while before it answers in its new format. */
const delay = { firstMs: 5 * minute, factor: 3, longestMs: 24 * 60 * minute };
/** As many readings in a row in another shape are no hiccup. */
const enough = 3;

/** The provider as its page is known to talk by now, which may not be what the configuration says. */
export function asFound(provider: Provider, { found, foundFor, foundAt }: Reading): Provider {
  return found && foundAt && foundFor === provider.format
    ? { ...provider, format: found, page: foundAt }
    : provider;
}

/**
 * Detects the format of a page that no longer answers in its own, again after 5 minutes, 15, 45 and so on up to a day, until the page
 * can be read. Only a strong match is followed; the next reading then records the move. For a page whose format was only guessed, the first misfit is reason enough.
 */
export function createRedetector({ outbound, readings, tell, now }: Dependencies) {
  return async function redetect(provider: Provider, reading: Reading): Promise<void> {
    if (!isDue(provider, reading, now())) return;
    const { best } = await detect(new URL(provider.page), { fetchPage: outbound.fetchPage, now });
    const isFollowed = best?.sure === "strong" || (provider.guessed && best?.sure === "medium");
    const found = { found: best?.format, foundFor: provider.format, foundAt: best?.page.href };
    await readings.note(provider.id, {
      detectedAt: now().toISOString(),
      detections: reading.detections + 1,
      ...(isFollowed ? { ...found, way: best.way, notBefore: 0 } : {}),
    });
    tell(isFollowed ? "page.moved" : "page.unrecognized", {
      provider: provider.id,
      page: provider.page,
      format: provider.format,
      ...(best ? { found: best.format, sure: best.sure } : {}),
    });
  };
}

function isDue({ guessed }: Provider, { wrongShapes, detections, detectedAt }: Reading, now: Date): boolean {
  if (wrongShapes + 1 < (guessed ? 1 : enough)) return false;
  if (!detections || detectedAt === undefined) return true;
  const waitMs = Math.min(delay.firstMs * delay.factor ** (detections - 1), delay.longestMs);
  return now.getTime() - Date.parse(detectedAt) >= waitMs;
}
