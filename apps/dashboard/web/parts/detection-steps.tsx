import type { Attempt } from "../adding.ts";
import { counted } from "../words.ts";

interface Props {
  attempts: readonly Attempt[];
  isOver: boolean;
}

const marks = { strong: "✓", medium: "~", weak: "?", no: "✗" } as const;
const outcomes = { strong: "sure", medium: "likely", weak: "a hint", no: "no" } as const;

/** What was tried to find out how a page talks, as it is tried. */
export function DetectionSteps({ attempts, isOver }: Props) {
  return (
    <>
      <ol className="lines steps">
        {attempts.map(({ format, url, outcome, status, why }) => (
          <li key={`${format} ${url}`} data-outcome={outcome}>
            <span aria-hidden="true">{marks[outcome]}</span>
            <span className="hidden">{outcomes[outcome]}:</span>
            <span className="strong">{format}</span>
            <span className="grow quiet">
              {url}
              {status === undefined ? "" : ` · ${status}`} · {why}
            </span>
          </li>
        ))}
      </ol>
      <p className="quiet" role="status">
        {isOver ? `${counted(attempts.length, "format")} tried.` : "Asking …"}
      </p>
    </>
  );
}
