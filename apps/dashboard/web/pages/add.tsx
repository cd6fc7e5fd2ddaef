import { type SyntheticEvent, useState } from "react";
import { lookAt, type Attempt, type Found, type Wanted } from "../adding.ts";
import { useAnswer } from "../board.tsx";
import { CatalogMatches } from "../parts/catalog-matches.tsx";
import { DetectionSteps } from "../parts/detection-steps.tsx";
import { Heading } from "../parts/heading.tsx";
import { WantedForm } from "../parts/wanted-form.tsx";
import { WatchedAlready } from "../parts/watched-already.tsx";
import { usePlace } from "../routing.tsx";
import type { ProviderSummary } from "../views.ts";
import { watchedAs } from "../watched-as.ts";

/** How far one has come with looking at a page. */
interface Look {
  url: string;
  /** A known service's id, when it was chosen from the catalog. */
  id: string | undefined;
  attempts: readonly Attempt[];
  found?: Found;
  problem?: string;
}

/** Watch somebody else too: from the catalog, or by the address of a status page. */
export function AddPage() {
  const { query } = usePlace();
  const [text, setText] = useState(query.get("q") ?? "");
  const [look, setLook] = useState<Look>();
  const address = addressIn(text);

  const begin = async (url: string, id?: string) => {
    const attempts: Attempt[] = [];
    const show = (step: Partial<Look>) => setLook({ url, id, attempts: [...attempts], ...step });
    show({});
    try {
      const found = await lookAt(url, (attempt) => {
        attempts.push(attempt);
        show({});
      });
      show({ found });
    } catch (error) {
      show({ problem: error instanceof Error ? error.message : String(error) });
    }
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (address) void begin(address);
  };

  return (
    <>
      <Heading title="Watch something else" />
      <form className="filters adding" role="search" onSubmit={submit}>
        <label className="grow">
          A service’s name, or the address of its status page
          <input
            type="search"
            value={text}
            placeholder="stripe, or https://status.acme.dev"
            onChange={({ target }) => {
              setText(target.value);
              setLook(undefined);
            }}
          />
        </label>
        {address ? (
          <button type="submit" className="primary">
            Look at this page
          </button>
        ) : null}
      </form>
      {look ? <Looked key={look.url} look={look} /> : null}
      {!look && !address && text.trim() ? (
        <CatalogMatches q={text.trim()} onChoose={(service) => void begin(service.page, service.id)} />
      ) : null}
    </>
  );
}

function Looked({ look: { url, id, attempts, found, problem } }: { look: Look }) {
  const { data } = useAnswer<{ providers: ProviderSummary[] }>("/api/v1/providers");
  const best = found?.best;
  const same = best && watchedAs({ id, page: best.page }, data?.providers ?? []);
  const isReadable = best?.way !== undefined && best.sure !== "weak";
  return (
    <section aria-labelledby="looked">
      <h2 id="looked">How {new URL(url).host} talks</h2>
      <DetectionSteps attempts={attempts} isOver={found !== undefined || problem !== undefined} />
      {problem === undefined ? null : (
        <p className="notice" role="alert">
          {problem}
        </p>
      )}
      {found && !isReadable ? (
        <p className="notice" role="alert">
          {found.trouble ?? "Nothing here can be read."} Is this the status page itself? A feed’s address will do
          as well.
        </p>
      ) : null}
      {same ? <WatchedAlready provider={same} /> : null}
      {best && isReadable ? <WantedForm found={wantedOf(best, id)} components={best.components ?? []} /> : null}
    </section>
  );
}

function wantedOf(best: NonNullable<Found["best"]>, id: string | undefined): Wanted & { name: string } {
  const { name = new URL(best.page).host, page, format } = best;
  return { ...(id === undefined ? {} : { id }), name, page, format };
}

/** What can only be meant as an address. */
function addressIn(text: string): string | undefined {
  const trimmed = text.trim();
  const url = /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  const isMeant = /^https?:\/\/./i.test(trimmed) || /^[\w-]+(\.[\w-]+)+(:\d+)?(\/\S*)?$/.test(trimmed);
  return isMeant && URL.canParse(url) ? url : undefined;
}
