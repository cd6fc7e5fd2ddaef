import { ComponentStatus } from "@statuswire/status";
import { Gauge, type Registry } from "@statuswire/telemetry";
import type { Board } from "./board.ts";
import { componentsOf, type ComponentView } from "./views/component.ts";

interface Dependencies {
  board: Board;
  registry: Registry;
}

/** What a page lists is not ours to bound, and every label that it brings is a series: of very many components, the worst have figures. */
const most = { ofOne: 500, ofAll: 10_000 };

const levels = ComponentStatus.options;

/** The dashboard's figures of components for Prometheus: a series each, whose value is its state. */
export function createComponentFigures({ board, registry }: Dependencies): void {
  const registers = [registry];

  async function count(): Promise<{ shown: ComponentView[]; leftOut: number }> {
    const all = (await board.all()).map(componentsOf);
    const shown = all.flatMap((own) => own.slice(0, most.ofOne)).slice(0, most.ofAll);
    return { shown, leftOut: all.flat().length - shown.length };
  }

  new Gauge({
    name: "statuswire_component_state",
    help: `The component's state as a number: ${levels.map((state, level) => `${level} ${state}`).join(", ")}.`,
    labelNames: ["provider", "component", "name"],
    registers,
    async collect() {
      this.reset();
      for (const { id, provider, name, status } of (await count()).shown)
        this.set({ provider, component: id, name }, levels.indexOf(status));
    },
  });
  new Gauge({
    name: "statuswire_components_left_out",
    help: `Components without a figure: of one provider the worst ${most.ofOne} have one, of all together ${most.ofAll}.`,
    registers,
    async collect() {
      this.set((await count()).leftOut);
    },
  });
}
