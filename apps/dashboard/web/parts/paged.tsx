import { type ReactNode, useState } from "react";
import { useAnswer } from "../board.tsx";
import { Answered } from "./answered.tsx";

interface Props<Answer> {
  /** What all pages are called together. */
  name: string;
  /** What the button says that brings the next page. */
  further: string;
  /** The address of the page before a place; without one, of the first. */
  urlOf(before: string | undefined): string;
  children(answer: Answer, isFirst: boolean): ReactNode;
}

/** Pages of answers, newest first, as many as have been asked for. */
export function Paged<Answer extends { previous: string | null }>({ name, ...props }: Props<Answer>) {
  const [befores, setBefores] = useState<readonly (string | undefined)[]>([undefined]);
  return (
    <div role="region" aria-label={name}>
      {befores.map((before, index) => (
        <Page
          key={before ?? ""}
          {...props}
          before={before}
          isFirst={index === 0}
          onFurther={index === befores.length - 1 ? (previous) => setBefores([...befores, previous]) : undefined}
        />
      ))}
    </div>
  );
}

interface PageProps<Answer> extends Omit<Props<Answer>, "name"> {
  before: string | undefined;
  isFirst: boolean;
  onFurther: ((previous: string) => void) | undefined;
}

function Page<Answer extends { previous: string | null }>(props: PageProps<Answer>) {
  const { urlOf, before, isFirst, onFurther, further, children } = props;
  return (
    <Answered resource={useAnswer<Answer>(urlOf(before))}>
      {(answer) => (
        <>
          {children(answer, isFirst)}
          {onFurther && answer.previous !== null ? (
            <button type="button" onClick={() => onFurther(answer.previous ?? "")}>
              {further}
            </button>
          ) : null}
        </>
      )}
    </Answered>
  );
}
