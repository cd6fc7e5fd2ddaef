import type { Provider } from "@statuswire/config";
import { PermanentError } from "@statuswire/status";

/** A webhook, or a job, for a provider that the configuration doesn't have. */
export class UnknownProviderError extends PermanentError {
  override readonly name = "UnknownProviderError";

  constructor(provider: string) {
    super(
      `No provider is called "${provider}". Add it (\`statuswire add ${provider}\`, or in statuswire.yaml), ` +
        "then put this back with `statuswire dead-letters redrive`.",
    );
  }
}

/** The providers being watched, as the configuration in force says. */
export interface Watched {
  all(): readonly Provider[];
  /** Throws UnknownProviderError. */
  named(id: string): Provider;
}

/** The providers of one configuration. */
export function watch(providers: readonly Provider[]): Watched {
  const byId = new Map(providers.map((provider) => [provider.id, provider]));
  return {
    all: () => providers,
    named(id) {
      const provider = byId.get(id);
      if (!provider) throw new UnknownProviderError(id);
      return provider;
    },
  };
}
