import { ComponentStatus } from "@statuswire/status";
import { z } from "zod";
import type { Board } from "../board.ts";
import { operation, type Operation } from "../operation.ts";
import { compareStates, componentsOf, ComponentView } from "../views/component.ts";

interface Dependencies {
  board: Board;
}

const Components = z.object({ components: z.array(ComponentView) });

/** `/api/v1/components`: the parts of everyone who is watched. */
export function components({ board }: Dependencies): Operation[] {
  return [
    operation({
      path: "/api/v1/components",
      summary: "Components of every provider, the worst first.",
      asks: z.strictObject({ provider: z.string().optional(), status: ComponentStatus.optional() }),
      answers: Components,
      async perform({ provider, status }) {
        const found = (await board.all())
          .filter(({ id }) => provider === undefined || id === provider)
          .flatMap(componentsOf)
          .filter((component) => status === undefined || component.status === status);
        return { components: found.sort((one, other) => compareStates(one.status, other.status)) };
      },
    }),
  ];
}
