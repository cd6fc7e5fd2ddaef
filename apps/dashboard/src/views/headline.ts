import type { ComponentStatus } from "@statuswire/status";

/** What a headline needs to know of a provider. */
export interface Counted {
  state: ComponentStatus;
  stale?: object | undefined;
}

export interface Tally {
  total: number;
  troubled: number;
  maintained: number;
  silent: number;
  calm: number;
}

/** The state to show: one that can't be relied on is no state. */
export function shownState({ state, stale }: Counted): ComponentStatus {
  return stale ? "unknown" : state;
}

/** How many are in trouble, under maintenance, not reporting, and fine. */
export function tally(providers: readonly Counted[]): Tally {
  const states = providers.map(shownState);
  const count = (...wanted: ComponentStatus[]) => states.filter((state) => wanted.includes(state)).length;
  return {
    total: states.length,
    troubled: count("degraded_performance", "partial_outage", "major_outage"),
    maintained: count("under_maintenance"),
    silent: count("unknown"),
    calm: count("operational"),
  };
}

/** One honest sentence: what we don't know is never counted as fine. */
export function headline(providers: readonly Counted[]): string {
  const { total, troubled, maintained, silent } = tally(providers);
  if (!total) return "Nothing is being watched yet.";
  if (silent === total)
    return total === 1 ? "The service is not reporting" : `None of ${total} services is reporting`;
  const services = total === 1 ? "service" : "services";
  const first = troubled
    ? `Problems in ${troubled} of ${total} ${services}`
    : `No known problems in ${silent ? `${total - silent} of ${total}` : total} ${services}`;
  return [
    first,
    ...(maintained ? [`${maintained} under maintenance`] : []),
    ...(silent ? [`${silent} not reporting`] : []),
  ].join(" · ");
}

/** What a reader is told while our own network is down. */
export function networkNotice(since: string): string {
  return (
    `Our own network is down since ${since}: most hosts cannot be reached, so all services are unknown. ` +
    "Check the connection, the name server and the firewall of the machine that runs the worker."
  );
}
