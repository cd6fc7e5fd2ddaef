import { type ReactNode, useState } from "react";
import { save, type Saved, type Wanted } from "../adding.ts";
import { useRefresh, useVisitor } from "../board.tsx";
import { Link } from "../routing.tsx";

interface Props {
  wanted: Wanted;
  name: string;
  /** Further buttons. */
  children?: ReactNode;
}

/** Saves whom to watch, shows it as YAML, and says what came of it. */
export function SaveButtons({ wanted, name, children }: Props) {
  const [outcome, setOutcome] = useState<Saved>();
  const [problem, setProblem] = useState("");
  const refresh = useRefresh();
  const { scope } = useVisitor();
  const act = async (isWritten: boolean) => {
    setProblem("");
    try {
      setOutcome(await save(wanted, { isWritten }));
      if (isWritten) refresh();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <p className="buttons">
        <button
          type="button"
          className="primary"
          aria-label={`Watch ${name}`}
          disabled={scope === "read"}
          onClick={() => void act(true)}
        >
          Watch
        </button>
        {children}
        <button type="button" aria-label={`Show as YAML: ${name}`} onClick={() => void act(false)}>
          Show as YAML
        </button>
      </p>
      <div role="status">
        {problem ? <p className="notice">{problem}</p> : null}
        {outcome ? <Outcome outcome={outcome} name={name} /> : null}
      </div>
    </>
  );
}

function Outcome({ outcome: { saved, isNew, file, yaml, reason }, name }: { outcome: Saved; name: string }) {
  if (saved) {
    return (
      <p>
        {isNew ? `${name} is watched from now on, and stands in ${file}.` : `${name} stands in ${file} already.`}{" "}
        <Link href="/">See what is going on</Link>
      </p>
    );
  }
  return (
    <>
      {reason === undefined ? null : <p className="notice">{reason}</p>}
      <Yaml yaml={yaml} />
    </>
  );
}

function Yaml({ yaml }: { yaml: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(yaml);
    setCopied(true);
  };
  return (
    <>
      <pre className="yaml" tabIndex={0} aria-label="YAML">
        {yaml}
      </pre>
      <button type="button" onClick={() => void copy()}>
        {isCopied ? "Copied" : "Copy this YAML"}
      </button>
    </>
  );
}
