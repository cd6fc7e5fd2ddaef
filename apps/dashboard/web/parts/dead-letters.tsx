import { useState } from "react";
import { useAnswer, useRefresh, useVisitor } from "../board.tsx";
import { type Act, type Meant, perform } from "../redriving.ts";
import type { DeadLetterSummary } from "../views.ts";
import { Answered } from "./answered.tsx";
import { Confirmation } from "./confirmation.tsx";
import { Letter } from "./letter.tsx";

interface DeadLetters {
  deadLetters: DeadLetterSummary[];
  total: number;
}

/** What could not succeed, and what to do about it: one by one, or all of a sink. */
export function DeadLetterSection({ sink }: { sink: string }) {
  const letters = useAnswer<DeadLetters>(`/api/v1/dead-letters${sink ? `?sink=${encodeURIComponent(sink)}` : ""}`);
  return (
    <section aria-labelledby="dead-letters">
      <h2 id="dead-letters">Dead letters</h2>
      <Answered resource={letters}>{(answer) => <Letters {...answer} />}</Answered>
    </section>
  );
}

interface Intention {
  meant: Meant;
  act: Act;
}

function Letters({ deadLetters, total }: DeadLetters) {
  const [intention, setIntention] = useState<Intention>();
  const [outcome, setOutcome] = useState("");
  const refresh = useRefresh();
  const carryOut = async ({ meant, act }: Intention) => {
    setIntention(undefined);
    setOutcome(await perform(act, meant));
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
      <ByTheScore letters={deadLetters} onIntend={(meant) => setIntention({ meant, act: "redrive" })} />
      <ul className="letters">
        {deadLetters.map((letter) => (
          <Letter key={letter.id} letter={letter} onIntend={(act) => setIntention({ meant: letter, act })} />
        ))}
      </ul>
      {intention ? (
        <Confirmation
          question={questionOf(intention)}
          action={intention.act === "redrive" ? "Redrive" : "Drop"}
          onConfirm={() => void carryOut(intention)}
          onCancel={() => setIntention(undefined)}
        />
      ) : null}
    </>
  );
}

function questionOf({ meant, act }: Intention): string {
  if ("sink" in meant && !("id" in meant))
    return `Try again, in the order of the log: every dead letter of ${meant.sink}?`;
  return `${act === "redrive" ? "Try again" : "Forget for good"}: ${"name" in meant ? meant.name : ""}?`;
}

/** A way to try all of a sink again, for each that has more than one. */
function ByTheScore({
  letters,
  onIntend,
}: {
  letters: readonly DeadLetterSummary[];
  onIntend(meant: Meant): void;
}) {
  const { scope } = useVisitor();
  const bySink = Map.groupBy(letters, ({ sink }) => sink);
  const many = [...bySink].flatMap(([sink, own]) => (sink !== undefined && own.length > 1 ? [sink] : []));
  if (!many.length) return null;
  return (
    <p className="buttons">
      {many.map((sink) => (
        <button key={sink} type="button" disabled={scope === "read"} onClick={() => onIntend({ sink })}>
          Redrive all of {sink}
        </button>
      ))}
    </p>
  );
}
