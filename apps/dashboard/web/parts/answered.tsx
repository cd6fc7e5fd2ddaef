import type { ReactNode } from "react";
import type { Resource } from "../resources.ts";

interface Props<Data> {
  resource: Resource<Data>;
  children(data: Data): ReactNode;
}

/** What the server answered, or why it did not. An old answer stays while a new one is not to be had. */
export function Answered<Data>({ resource: { data, problem }, children }: Props<Data>) {
  if (data !== undefined) return children(data);
  if (problem === undefined) return <p className="quiet">Loading …</p>;
  return (
    <p className="notice" role="alert">
      {problem}
    </p>
  );
}
