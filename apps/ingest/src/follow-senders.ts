import { type Config, type Environment, type Follower, followConfig } from "@statuswire/config";
import type { Tell } from "@statuswire/telemetry";
import { type Repeated, repeat } from "./repeat.ts";
import { createSenders, type Senders } from "./senders.ts";

interface Options {
  env: Environment;
  /** Whether webhooks that prove nothing are taken, under this configuration. */
  isOpen(config: Config): boolean;
  tell: Tell;
}

const everyMs = 2_000;

/** Who may send, kept in step with statuswire.yaml. Throws ConfigError when it has mistakes to begin with. */
export async function followSenders({ env, isOpen, tell }: Options): Promise<Repeated & { senders: Senders }> {
  const wish = await followConfig(env);
  const senders = createSenders(wish.current(), isOpen);
  const { stop } = repeat(everyMs, () => refresh(wish, { senders, tell }));
  return { senders, stop };
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
