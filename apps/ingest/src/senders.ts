import type { Config } from "@statuswire/config";
import { type Verify, verifier } from "@statuswire/verify";
import type { Stance } from "./config.ts";

/** Someone who may send webhooks, and what they have to prove. */
export interface Sender {
  verify: Verify;
  /** Whether the proof stands in the path, behind the name. */
  hasPathToken: boolean;
  /** Whether what it sends is only a reason to ask the page, where that can be asked: nobody knows who it is. */
  isHint: boolean;
  /** Whether it proves nothing, however far it is believed. */
  isUnproven: boolean;
}

export interface Senders {
  /** Undefined: nobody of that name may send. */
  named(provider: string): Sender | undefined;
  /** From now on it is these. */
  become(config: Config): void;
}

/** Who cannot prove anything, by how far that is believed. */
const unprovenSenders: Readonly<Record<Stance, Sender | undefined>> = {
  refused: undefined,
  hint: { verify: () => "proven", hasPathToken: false, isHint: true, isUnproven: true },
  believed: { verify: () => "proven", hasPathToken: false, isHint: false, isUnproven: true },
};

/** Who may send, by the configuration; `stance` says what becomes of those who prove nothing. */
export function createSenders(config: Config, stance: (config: Config) => Stance): Senders {
  let current = indexed(config);
  let unproven = unprovenSenders[stance(config)];
  return {
    named: (provider) => current.get(provider) ?? unproven,
    become(changed) {
      current = indexed(changed);
      unproven = unprovenSenders[stance(changed)];
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
          {
            verify: verifier(scheme, secrets),
            hasPathToken: scheme.scheme === "token" && scheme.in === "path",
            isHint: false,
            isUnproven: false,
          },
        ],
      ];
    }),
  );
}
