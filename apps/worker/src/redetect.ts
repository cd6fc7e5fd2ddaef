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

const day = 24 * 60 * 60 * 1000;
/** As many readings in a row in another shape are no hiccup. */
const enough = 3;

/** The provider as its page is known to talk by now, which may not be what the configuration says. */
export function asFound(provider: Provider, { found, foundFor, foundAt }: Reading): Provider {
  return found && foundAt && foundFor === provider.format
    ? { ...provider, format: found, page: foundAt }
    : provider;
}

/**
 * Finds out how a page talks that no longer answers in its shape, at most once a day. Only a strong match is followed; the
 * next reading then tells the move. For a page whose format was only guessed, the first misfit is reason enough.
 */
export function createRedetector({ outbound, readings, tell, now }: Dependencies) {
  return async function redetect(provider: Provider, reading: Reading): Promise<void> {
    if (!isDue(provider, reading, now())) return;
    const { best } = await detect(new URL(provider.page), { fetchPage: outbound.fetchPage, now });
    const isFollowed = best?.sure === "strong" || (provider.guessed && best?.sure === "medium");
    const found = { found: best?.format, foundFor: provider.format, foundAt: best?.page.href };
    await readings.note(provider.id, {
      detectedAt: now().toISOString(),
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

function isDue({ guessed }: Provider, { wrongShapes, detectedAt }: Reading, now: Date): boolean {
  const sinceLast = now.getTime() - Date.parse(detectedAt ?? "1970-01-01T00:00:00.000Z");
  return wrongShapes + 1 >= (guessed ? 1 : enough) && sinceLast >= day;
}
