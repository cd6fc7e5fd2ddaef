import type { Component, ComponentStatus, Effect, Page } from "./world.ts";

/** Component names and the states they go to. */
export type Affects = Readonly<Record<string, ComponentStatus>>;

/** Moves components, as a page owner does by hand. Throws on a name that the page doesn't have. */
export function changeComponents(page: Page, affects: Affects, at: Date): Page {
  return { ...withEffects(page, effectsOf(page, affects), at), updatedAt: at, revision: page.revision + 1 };
}

export function effectsOf(page: Page, affects: Affects): Effect[] {
  return Object.entries(affects).map(([name, to]) => {
    const { id, status } = componentNamed(page, name);
    return { componentId: id, name, from: status, to };
  });
}

/** The page with its components where the effects put them. One that doesn't move keeps its time. */
export function withEffects(page: Page, effects: readonly Effect[], at: Date): Page {
  const moved = new Map(
    effects.filter(({ from, to }) => from !== to).map(({ componentId, to }) => [componentId, to]),
  );
  if (moved.size === 0) return page;
  return { ...page, components: page.components.map((component) => move(component, moved.get(component.id), at)) };
}

function move(component: Component, to: ComponentStatus | undefined, at: Date): Component {
  return to === undefined ? component : { ...component, status: to, updatedAt: at };
}

function componentNamed(page: Page, name: string): Component {
  const component = page.components.find((candidate) => candidate.name === name);
  if (!component) throw new Error(`The page ${page.id} has no component called "${name}".`);
  return component;
}
