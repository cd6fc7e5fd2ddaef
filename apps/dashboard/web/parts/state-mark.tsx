import type { ReactNode } from "react";
import type { ComponentStatus } from "../views.ts";
import { stateWords } from "../words.ts";

const stroke = { fill: "none", stroke: "currentColor", strokeWidth: 1.6, strokeLinecap: "round" } as const;

/** A shape for each state, so that colour is never the only sign. */
const shapes: Readonly<Record<ComponentStatus, ReactNode>> = {
  operational: (
    <>
      <circle cx="8" cy="8" r="6.4" {...stroke} />
      <path d="M5.2 8.2l2 2 3.7-4.2" {...stroke} strokeLinejoin="round" />
    </>
  ),
  degraded_performance: (
    <>
      <path d="M8 1.9l6.6 11.8H1.4z" {...stroke} strokeLinejoin="round" />
      <path d="M8 6.4v3.3M8 11.8v.1" {...stroke} />
    </>
  ),
  partial_outage: (
    <>
      <circle cx="8" cy="8" r="6.4" {...stroke} />
      <path d="M8 1.6a6.4 6.4 0 010 12.8z" fill="currentColor" />
    </>
  ),
  major_outage: (
    <>
      <path d="M5.2 1.4h5.6l3.8 3.8v5.6l-3.8 3.8H5.2l-3.8-3.8V5.2z" fill="currentColor" />
      <path className="knockout" d="M5.6 5.6l4.8 4.8m0-4.8l-4.8 4.8" fill="none" strokeWidth="1.8" />
    </>
  ),
  under_maintenance: (
    <path
      d="M10.6 1.8a3.7 3.7 0 00-3.5 5L1.9 12a1.5 1.5 0 002.1 2.1l5.2-5.2a3.7 3.7 0 004.8-4.8l-2.2 2.2-2-.3-.3-2 2.2-2.2a3.7 3.7 0 00-1.1 0z"
      {...stroke}
      strokeLinejoin="round"
    />
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="6.4" {...stroke} strokeDasharray="2.4 2.6" />
      <path d="M6.3 6.4a1.8 1.8 0 113 1.4c-.7.5-1.3.8-1.3 1.7M8 11.4v.1" {...stroke} />
    </>
  ),
};

/** A state's shape alone, where the word stands beside it. */
export function StateIcon({ state }: { state: ComponentStatus }) {
  return (
    <svg className="state-icon" data-state={state} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[state]}
    </svg>
  );
}

/** A state in shape, colour and word. */
export function StateMark({ state, word = stateWords[state] }: { state: ComponentStatus; word?: string }) {
  return (
    <span className="state-mark" data-state={state}>
      <StateIcon state={state} />
      {word}
    </span>
  );
}
