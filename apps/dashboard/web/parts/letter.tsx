import { useState } from "react";
import { useAnswer, useVisitor } from "../board.tsx";
import type { Act } from "../redriving.ts";
import type { DeadLetterSummary, DeadLetterView } from "../views.ts";
import { counted } from "../words.ts";
import { Answered } from "./answered.tsx";
import { Moment } from "./moment.tsx";

/** What an error's class tells the person who decides. */
const hints: Readonly<Record<string, string>> = {
  PermanentError: "Trying again helps only once its cause is gone.",
  PayloadError: "What was sent could not be read.",
  StalledError: "Every worker that took it ended before it was done.",
};

/** A dead letter: what failed, why, when, and what can be done about it. */
export function Letter({ letter, onIntend }: { letter: DeadLetterSummary; onIntend(act: Act): void }) {
  const { id, name, queue, error, reason, attempts, createdAt, failedAt } = letter;
  const [isOpen, setOpen] = useState(false);
  const { scope } = useVisitor();
  const button = (act: Act, word: string) => (
    <button type="button" aria-label={`${word} ${name}`} disabled={scope === "read"} onClick={() => onIntend(act)}>
      {word}
    </button>
  );
  return (
    <li className="card" id={`letter-${id}`}>
      <h3>{name}</h3>
      <p>
        {error}: {reason}
      </p>
      <p className="quiet">
        {hints[error]} From {queue} · tried {counted(attempts, "time")} · queued <Moment at={createdAt} /> · failed{" "}
        <Moment at={failedAt} />
      </p>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>What it carries</summary>
        {isOpen ? <Payload id={id} /> : null}
      </details>
      <p className="buttons">
        {button("redrive", "Redrive")}
        {button("drop", "Drop")}
      </p>
    </li>
  );
}

function Payload({ id }: { id: string }) {
  return (
    <Answered resource={useAnswer<DeadLetterView>(`/api/v1/dead-letters/${encodeURIComponent(id)}`)}>
      {({ data }) => (
        <pre className="yaml" tabIndex={0} aria-label="Payload">
          {JSON.stringify(data, null, 2)}
        </pre>
      )}
    </Answered>
  );
}
