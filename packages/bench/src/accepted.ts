import { connections, endlessly, putUnderLoad } from "./load.ts";
import type { Running } from "./program.ts";
import type { Stage } from "./stage.ts";
import { window } from "./usage.ts";
import { webhooksOf } from "./webhooks.ts";

/** Refusing is cheap, so few may be; but a disk that others keep busy can make a write late, and a late one is refused. */
const mostRefused = 0.01;

/** How many webhooks, of how many pages, come again and again: the same one each time would shrink to nothing when it is packed. */
const different = { webhooks: 600, pages: 100 };

/** Webhooks that a server at an address accepts per second under load, once warm. Throws when it refuses many. */
export async function acceptedBy({ url }: Pick<Running, "url">, { quick }: Stage): Promise<number> {
  const load = putUnderLoad({
    url,
    webhooks: endlessly(webhooksOf(different.webhooks, different.pages)),
    connections,
  });
  await window(quick ? 2 : 3);
  const before = load.sofar();
  const startedAt = performance.now();
  await window(quick ? 3 : 6);
  const { accepted, refused, refusal } = load.sofar();
  const seconds = (performance.now() - startedAt) / 1000;
  await load.stop();
  if (refused > accepted * mostRefused) throw new Error(`${refused} webhooks were refused, such as:\n${refusal}`);
  return (accepted - before.accepted) / seconds;
}
