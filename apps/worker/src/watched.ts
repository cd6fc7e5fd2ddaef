import type { Provider } from "@statuswire/config";
import { PermanentError } from "@statuswire/status";

/** A webhook, or a job, for a provider that the configuration doesn't have. */
export class UnknownProviderError extends PermanentError {
  override readonly name = "UnknownProviderError";

  constructor(provider: string) {
    super(
      `No provider is called "${provider}". Add it (\`npm run -s statuswire -- add ${provider}\`, or in statuswire.yaml), ` +
        "then put this back with `npm run -s statuswire -- dead-letters redrive`.",
    );
  }
}

/** The providers being watched, as the configuration in force says. */
export interface Watched {
  all(): readonly Provider[];
  /** Throws UnknownProviderError. */
  named(id: string): Provider;
  /** As `named`, or undefined. */
  find(id: string): Provider | undefined;
  /** From now on it is these. */
  become(providers: readonly Provider[]): void;
}

/** The providers of one configuration, until another comes into force. */
export function watch(providers: readonly Provider[]): Watched {
  let current = indexed(providers);
  return {
    all: () => [...current.values()],
    named(id) {
      const provider = current.get(id);
      if (!provider) throw new UnknownProviderError(id);
      return provider;
    },
    find: (id) => current.get(id),
    become(others) {
      current = indexed(others);
    },
  };
}

function indexed(providers: readonly Provider[]): ReadonlyMap<string, Provider> {
  return new Map(providers.map((provider) => [provider.id, provider]));
}
