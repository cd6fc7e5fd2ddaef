import { type Config, type Environment, type Follower, followConfig } from "@statuswire/config";
import type { Tell } from "@statuswire/telemetry";
import type { Stance } from "./config.ts";
import { type Repeated, repeat } from "./repeat.ts";
import { createSenders, type Senders } from "./senders.ts";

interface Options {
  env: Environment;
  /** What becomes of webhooks that prove nothing, under this configuration. */
  unproven(config: Config): Stance;
  tell: Tell;
}

const everyMs = 2_000;

interface Following extends Repeated {
  senders: Senders;
  /** The host name of the dashboard's public address, by PUBLIC_URL or `publicUrl`; undefined while neither is set. */
  publicHost(): string | undefined;
}

/** Who may send, kept in step with statuswire.yaml. Throws ConfigError when it has mistakes to begin with. */
export async function followSenders({ env, unproven, tell }: Options): Promise<Following> {
  const wish = await followConfig(env);
  const senders = createSenders(wish.current(), unproven);
  const { stop } = repeat(everyMs, () => refresh(wish, { senders, tell }));
  const publicHost = () => hostIn(wish.current().publicUrl);
  return { senders, publicHost, stop };
}

async function refresh(wish: Follower, { senders, tell }: { senders: Senders; tell: Tell }): Promise<void> {
  try {
    const changed = await wish.refresh();
    if (!changed) return;
    senders.become(changed);
    tell("config.loaded", { providers: changed.providers.length });
  } catch (error) {
    tell("config.rejected", { error });
  }
}

function hostIn(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).hostname;
}
