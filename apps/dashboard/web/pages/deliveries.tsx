import { useState } from "react";
import { useAnswer, useRefresh } from "../board.tsx";
import { Answered } from "../parts/answered.tsx";
import { Confirmation } from "../parts/confirmation.tsx";
import { Heading } from "../parts/heading.tsx";
import { type Act, Letter } from "../parts/letter.tsx";
import type { DeadLetterSummary, QueueView } from "../views.ts";

interface DeadLetters {
  deadLetters: DeadLetterSummary[];
  total: number;
}

/** What is under way, what could not succeed, and what to do about it. */
export function DeliveriesPage() {
  const letters = useAnswer<DeadLetters>("/api/v1/dead-letters");
  const queues = useAnswer<{ queues: QueueView[] }>("/api/v1/queues");
  return (
    <>
      <Heading title="Deliveries and dead letters" />
      <section aria-labelledby="queues">
        <div className="section-top">
          <h2 id="queues">Queues</h2>
          <a href="/queues">Every job in Bull Board</a>
        </div>
        <Answered resource={queues}>{({ queues }) => <Queues queues={queues} />}</Answered>
      </section>
      <section aria-labelledby="dead-letters">
        <h2 id="dead-letters">Dead letters</h2>
        <Answered resource={letters}>{(answer) => <Letters {...answer} />}</Answered>
      </section>
    </>
  );
}

function Queues({ queues }: { queues: readonly QueueView[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Queue</th>
          <th scope="col">Waiting</th>
          <th scope="col">Running</th>
          <th scope="col">Later</th>
        </tr>
      </thead>
      <tbody>
        {queues.map(({ name, waiting, active, delayed }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{waiting}</td>
            <td>{active}</td>
            <td>{delayed}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Intention {
  letter: DeadLetterSummary;
  act: Act;
}

function Letters({ deadLetters, total }: DeadLetters) {
  const [intention, setIntention] = useState<Intention>();
  const [outcome, setOutcome] = useState("");
  const refresh = useRefresh();
  const perform = async ({ letter: { id, name }, act }: Intention) => {
    setIntention(undefined);
    setOutcome(await write(id, act, name));
    refresh();
  };
  return (
    <>
      <p role="status">{outcome}</p>
      {total ? null : <p className="quiet">There are none: nothing waits for you here.</p>}
      {total > deadLetters.length ? (
        <p>
          The newest {deadLetters.length} of {total}.
        </p>
      ) : null}
      <ul className="letters">
        {deadLetters.map((letter) => (
          <Letter key={letter.id} letter={letter} onIntend={(act) => setIntention({ letter, act })} />
        ))}
      </ul>
      {intention ? (
        <Confirmation
          question={`${intention.act === "redrive" ? "Try again" : "Forget for good"}: ${intention.letter.name}?`}
          action={intention.act === "redrive" ? "Redrive" : "Drop"}
          onConfirm={() => void perform(intention)}
          onCancel={() => setIntention(undefined)}
        />
      ) : null}
    </>
  );
}

async function write(id: string, act: Intention["act"], name: string): Promise<string> {
  const url = `/api/v1/dead-letters/${encodeURIComponent(id)}`;
  try {
    const response = await (act === "redrive"
      ? fetch(`${url}/redrive`, { method: "POST" })
      : fetch(url, { method: "DELETE" }));
    if (response.ok) return act === "redrive" ? `${name} is back on its queue.` : `${name} is dropped.`;
    return response.status === 404
      ? `${name} is gone already.`
      : `${name}: the server refused (${response.status}).`;
  } catch {
    return `${name}: the server does not answer. Try again.`;
  }
}
