import { useDeferredValue } from "react";
import { useAnswer } from "../board.tsx";
import { Link, places } from "../routing.tsx";
import type { ProviderSummary } from "../views.ts";
import { Answered } from "./answered.tsx";
import { SaveButtons } from "./save-buttons.tsx";

interface Service {
  id: string;
  name: string;
  page: string;
  format?: string;
}

interface Props {
  q: string;
  /** Wants its page looked at, to choose from it. */
  onChoose(service: Service): void;
}

/** Known services that fit some words. */
export function CatalogMatches({ q, onChoose }: Props) {
  const sought = useDeferredValue(q);
  const { data } = useAnswer<{ providers: ProviderSummary[] }>("/api/v1/providers");
  const watched = new Set(data?.providers.map(({ id }) => id));
  return (
    <section aria-labelledby="known">
      <h2 id="known">Known services</h2>
      <Answered resource={useAnswer<{ services: Service[] }>(`/api/v1/catalog?q=${encodeURIComponent(sought)}`)}>
        {({ services }) =>
          services.length ? (
            <ul className="cards letters">
              {services.map((service) => (
                <li key={service.id} className="card">
                  <h3>{service.name}</h3>
                  <p className="quiet">
                    {service.page} · {service.format ?? "how it talks is not known"}
                  </p>
                  {watched.has(service.id) ? (
                    <p className="quiet">
                      <Link href={places.provider(service.id)}>Watched already</Link>
                    </p>
                  ) : (
                    <SaveButtons wanted={{ id: service.id }} name={service.name}>
                      <button
                        type="button"
                        aria-label={`Choose components of ${service.name}`}
                        onClick={() => onChoose(service)}
                      >
                        Choose components
                      </button>
                    </SaveButtons>
                  )}
                </li>
              ))}
            </ul>
          ) : (
            <p>“{sought}” is not in the catalog. Paste the address of its status page.</p>
          )
        }
      </Answered>
    </section>
  );
}
