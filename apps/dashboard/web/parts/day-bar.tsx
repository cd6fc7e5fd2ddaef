import { type FocusEvent, type KeyboardEvent, type PointerEvent, useState } from "react";
import { type Day, daysOf, hasTrouble, sentenceOf, summaryOf } from "../days.ts";
import { Link, places } from "../routing.tsx";
import type { HistoryView } from "../views.ts";
import { useDaysShown } from "./days-shown.ts";
import { DayColumns } from "./day-columns.tsx";

interface Props {
  name: string;
  history: HistoryView;
  /** Whose days they are: where a day's card leads. */
  provider: string;
}

/**
 * A history as a bar of days. One stop for the keyboard; its arrows go from day to day, and each day is a sentence. While it
 * has the focus the day stays, and the next stop is the way to what happened on it.
 */
export function DayBar({ name, history, provider }: Props) {
  const shown = useDaysShown();
  const days = daysOf(history).slice(-shown);
  const [at, setAt] = useState<number>();
  const chosen = at === undefined ? undefined : Math.min(at, days.length - 1);
  const last = days.length - 1;
  const press = (event: KeyboardEvent) => {
    const next = nextAt(event.key, { at: chosen ?? last, last });
    if (next === undefined) return;
    event.preventDefault();
    setAt(next < 0 ? undefined : next);
  };
  const point = (event: PointerEvent) => {
    const isChoice = event.type === "pointerdown";
    if (!isChoice && (event.pointerType !== "mouse" || isPinned(event.currentTarget))) return;
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setAt(Math.max(0, Math.min(last, Math.floor(((event.clientX - left) / width) * days.length))));
  };
  const leave = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (!currentTarget.contains(relatedTarget)) setAt(undefined);
  };
  const day = chosen === undefined ? undefined : days[chosen];
  return (
    <div className="day-bar" onBlur={leave}>
      <div
        role="slider"
        tabIndex={0}
        aria-label={`${name}. ${summaryOf(days)}`}
        aria-valuemin={1}
        aria-valuemax={days.length}
        aria-valuenow={(chosen ?? last) + 1}
        aria-valuetext={sentenceOfDay(day ?? days[last])}
        onKeyDown={press}
        onFocus={() => setAt(chosen ?? last)}
        onPointerDown={point}
        onPointerMove={point}
        onPointerLeave={(event) => (isPinned(event.currentTarget) ? undefined : setAt(undefined))}
      >
        <DayColumns days={days} chosen={chosen} />
      </div>
      {day ? (
        <p className="day-card" style={beside(((chosen ?? 0) + 0.5) / days.length)}>
          {sentenceOf(day)}
          {hasTrouble(day) ? (
            <>
              {" "}
              <Link href={places.day(provider, day.date)}>What happened</Link>
            </>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

/** Whether a day has been chosen to stay. */
function isPinned(bar: Element): boolean {
  return bar === document.activeElement;
}

/** Under its column, and never beyond the bar's ends. */
function beside(share: number) {
  return { insetInlineStart: `${share * 100}%`, translate: `-${share * 100}%` };
}

function sentenceOfDay(day: Day | undefined): string {
  return day ? sentenceOf(day) : "No day";
}

/** The day that a key leads to: below nothing, to none; undefined when it leads nowhere. */
function nextAt(key: string, { at, last }: { at: number; last: number }): number | undefined {
  if (key === "ArrowLeft" || key === "ArrowDown") return Math.max(0, at - 1);
  if (key === "ArrowRight" || key === "ArrowUp") return Math.min(last, at + 1);
  if (key === "PageUp") return Math.min(last, at + 7);
  if (key === "PageDown") return Math.max(0, at - 7);
  if (key === "Home") return 0;
  if (key === "End") return last;
  return key === "Escape" ? -1 : undefined;
}
