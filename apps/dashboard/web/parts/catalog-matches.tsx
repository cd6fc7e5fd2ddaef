import { useDeferredValue } from "react";
import { useAnswer } from "../board.tsx";
import type { ProviderSummary } from "../views.ts";
import { watchedAs } from "../watched-as.ts";
import { Answered } from "./answered.tsx";
import { SaveButtons } from "./save-buttons.tsx";
import { WatchedAlready } from "./watched-already.tsx";

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
  const watched = data?.providers ?? [];
  return (
    <section aria-labelledby="known">
      <h2 id="known">Known services</h2>
      <Answered resource={useAnswer<{ services: Service[] }>(`/api/v1/catalog?q=${encodeURIComponent(sought)}`)}>
        {({ services }) =>
          services.length ? (
            <ul className="cards letters">
              {services.map((service) => (
                <Match key={service.id} service={service} same={watchedAs(service, watched)} onChoose={onChoose} />
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

interface MatchProps extends Pick<Props, "onChoose"> {
  service: Service;
  /** As whom it is watched already. */
  same: ReturnType<typeof watchedAs>;
}

function Match({ service, same, onChoose }: MatchProps) {
  const { id, name, page, format } = service;
  return (
    <li className="card">
      <h3>{name}</h3>
      <p className="quiet">
        {page} · {format ?? "how it talks is not known"}
      </p>
      {same ? (
        <WatchedAlready provider={same} />
      ) : (
        <SaveButtons wanted={{ id }} name={name}>
          <button type="button" aria-label={`Choose components of ${name}`} onClick={() => onChoose(service)}>
            Choose components
          </button>
        </SaveButtons>
      )}
    </li>
  );
}
