import type { Config } from "@statuswire/config";
import { type Verify, verifier } from "@statuswire/verify";

/** Someone who may send webhooks, and what they have to prove. */
export interface Sender {
  verify: Verify;
  /** Whether the proof stands in the path, behind the name. */
  hasPathToken: boolean;
}

export interface Senders {
  /** Undefined: nobody of that name may send. */
  named(provider: string): Sender | undefined;
  /** From now on it is these. */
  become(config: Config): void;
}

/** Who cannot prove anything, where that is allowed. */
const anyone: Sender = { verify: () => "proven", hasPathToken: false };

/** Who may send, by the configuration. Where strangers can reach us, `isOpen` is false, and only who proves it may. */
export function createSenders(config: Config, isOpen: (config: Config) => boolean): Senders {
  let current = indexed(config);
  let unproven = isOpen(config) ? anyone : undefined;
  return {
    named: (provider) => current.get(provider) ?? unproven,
    become(changed) {
      current = indexed(changed);
      unproven = isOpen(changed) ? anyone : undefined;
    },
  };
}

function indexed({ providers }: Config): ReadonlyMap<string, Sender> {
  return new Map(
    providers.flatMap(({ id, verify }) => {
      if (!verify) return [];
      const secrets = verify.secrets.map((secret) => secret.reveal());
      const { scheme } = verify;
      return [
        [
          id,
          { verify: verifier(scheme, secrets), hasPathToken: scheme.scheme === "token" && scheme.in === "path" },
        ],
      ];
    }),
  );
}
