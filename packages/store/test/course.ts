import type { Change, ComponentStatus, Event, Known } from "@statuswire/status";
import type { Step, Store } from "../src/index.ts";

export const at = "2026-03-01T10:00:00.000Z";

/** A step that says how a component is; no news when it already was so. */
export function says(id: string, status: ComponentStatus): Step {
  return (known) => {
    const from = known.components.get(id)?.status ?? "operational";
    if (from === status) return { known, changes: [] };
    const component = { id, name: id, status, updatedAt: at, toldAt: at };
    return {
      known: { ...known, components: new Map(known.components).set(id, component) },
      changes: [changed({ id, name: id, status, from }, known.components.size)],
    };
  };
}

function changed(component: NonNullable<Change["component"]>, nonce: number): Change {
  return {
    key: JSON.stringify([component, nonce]),
    type: "component.changed",
    product: component.name,
    status: component.status,
    timestamp: at,
    initial: false,
    inferred: false,
    component,
  };
}

/** Takes one step of Acme's. */
export function take(store: Store, step: Step) {
  return store.transition("acme", step, { via: "webhook", at });
}

/** Where each component ends, by the log alone. Throws where an event does not begin where the one before it ended. */
export function fold(events: readonly Event[]): Record<string, string> {
  const states = new Map<string, string>();
  for (const { component, seq } of events) {
    if (!component) continue;
    const before = states.get(component.id) ?? "operational";
    if (component.from !== before)
      throw new Error(`${seq}: from ${component.from}, but ${component.id} was ${before}`);
    states.set(component.id, component.status);
  }
  return Object.fromEntries(states);
}

/** The same, by the state. */
export function statuses({ components }: Known): Record<string, string> {
  return Object.fromEntries([...components].map(([id, { status }]) => [id, status]));
}
