import type { ReactNode } from "react";
import type { Resource } from "../resources.ts";
import { Answered } from "./answered.tsx";
import { NoSuchPage } from "./no-such-page.tsx";

interface Props<Data> {
  resource: Resource<Data>;
  children(data: Data): ReactNode;
}

/** A whole page about what the server answered: also without an answer it has a heading and a way back. */
export function AnsweredPage<Data>({ resource, children }: Props<Data>) {
  const { data, problem, isMissing = false } = resource;
  if (data !== undefined || problem === undefined) return <Answered resource={resource}>{children}</Answered>;
  return isMissing ? <NoSuchPage problem={problem} /> : <NoSuchPage title="No answer" problem={problem} />;
}
