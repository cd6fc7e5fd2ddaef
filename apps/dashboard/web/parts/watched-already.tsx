import { Link, places } from "../routing.tsx";
import type { ProviderSummary } from "../views.ts";

/** Says so, with the way to it. */
export function WatchedAlready({ provider }: { provider: Pick<ProviderSummary, "id" | "name"> }) {
  return (
    <p className="quiet">
      <Link href={places.provider(provider.id)} aria-label={`Watched already: ${provider.name}`}>
        Watched already
      </Link>
    </p>
  );
}
